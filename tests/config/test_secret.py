from xinhuo.config.secret import development_key


def test_key_is_made_once_and_for_its_owner_only(tmp_path):
    first = development_key(tmp_path / "var")

    assert len(first) > 60
    assert development_key(tmp_path / "var") == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_two_installations_have_two_keys(tmp_path):
    assert development_key(tmp_path / "a") != development_key(tmp_path / "b")
