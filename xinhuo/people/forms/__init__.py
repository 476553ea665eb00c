"""What people fill in. Each form translates and hands its values to one verb."""

from .keeping import (
    AddPersonForm,
    CloseForm,
    OpenAccountForm,
    PersonForm,
    PostForm,
    ResetForm,
    UploadForm,
)
from .signing import ChangePasswordForm, NewPasswordForm, SignInForm, WelcomeForm

__all__ = [
    "AddPersonForm",
    "ChangePasswordForm",
    "CloseForm",
    "NewPasswordForm",
    "OpenAccountForm",
    "PersonForm",
    "PostForm",
    "ResetForm",
    "SignInForm",
    "UploadForm",
    "WelcomeForm",
]
