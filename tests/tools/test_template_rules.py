import pytest

from tools.template_rules import findings

GOOD = [
    "<script src=\"{% static 'core/xinhuo.js' %}\" defer></script>",
    '<script type="application/json" id="numbers">{{ numbers }}</script>',
    '<a href="{% url \'plans:list\' %}" hx-get="{% url \'plans:list\' %}" hx-target="#rows">下一页</a>',
    '<form method="get" hx-get="/x"><input name="q" hx-get="/x" hx-trigger="input"></form>',
    '<form method="post" hx-post="/x">{% csrf_token %}<button hx-post="/y">好</button></form>',
    '<button form="sheet" hx-post="/y">好</button>',
    '<div hx-get="/jobs/1" hx-trigger="every 2s">进度</div>',
    '<a href="https://www.moe.gov.cn/">教育部</a>',
    '<img src="data:image/png;base64,AAAA" alt="">',
    '{% partialdef rows inline %}<tbody id="rows"></tbody>{% endpartialdef %}',
    '{% partialdef drawer inline %}<a href="/x" hx-get="/x" hx-target="#drawer">x</a>{% endpartialdef %}',
    "{% partialdef badge %}<b>{{ n }}</b>{% endpartialdef %}",
    "<!-- <style>b {}</style> -->",
    "{% comment %}<p onclick=x>{% endcomment %}",
    '{% block bodyclass %}xh-task{% endblock %}<div class="xh-actionbar"></div>',
    '<p data-online="1">● ▲ ◆ ✓ □</p>',
]

BAD = [
    ("<style>b {}</style>", "inline <style>"),
    ("<script>go()</script>", "inline <script>"),
    ('<p style="color:red">', "style attribute"),
    ('<p onclick="go()">', "inline script in onclick"),
    ('<p {% if x %}onclick="go()"{% endif %}>', "inline script in onclick"),
    ('<p hx-on::after-request="go()">', "inline script in hx-on"),
    ('<a href=" JavaScript:go()">', "inline script in href"),
    ('<div hx-get="/x">更多</div>', "without href"),
    ('<button hx-get="/x">更多</button>', "without href"),
    ('<form></form><button hx-get="/x">更多</button>', "without href"),
    ('<a href="/x" hx-post="/x">删</a>', "outside a form"),
    ('<a href="/x" hx-delete="/x">删</a>', "outside a form"),
    ('<link rel="stylesheet" href="https://cdn.example/x.css">', "loads from outside"),
    ('<script src="//cdn.example/x.js"></script>', "loads from outside"),
    ('<img src="http://example.cn/x.png" alt="">', "loads from outside"),
    ('<div class="xh-actionbar xh-mt"></div>', "bodyclass is not xh-task"),
    ('<form method="post"><button>好</button></form>', "without {% csrf_token %}"),
    ('{% partialdef rows inline %}<tbody id="row"></tbody>{% endpartialdef %}', "id=rows"),
    ("{% partialdef rows %}", "not closed"),
    ("{% endpartialdef %}", "without partialdef"),
    ("{% partialdef a %}{% endpartialdef %}{% partialdef a %}{% endpartialdef %}", "defined twice"),
    ("<p>\U0001f389</p>", "emoji"),
]


@pytest.mark.parametrize("text", GOOD)
def test_good_template_has_no_finding(text):
    assert findings(text) == []


@pytest.mark.parametrize(("text", "words"), BAD)
def test_bad_template_has_exactly_this_finding(text, words):
    found = findings(text)

    assert len(found) == 1
    assert words in found[0][1]


def test_an_included_control_has_its_form_elsewhere():
    text = '<button hx-post="/x">查找</button>'

    assert findings(text, fragment=True) == []
    assert len(findings(text)) == 1


def test_an_included_link_still_needs_an_address():
    assert len(findings('<a hx-get="/x">查找</a>', fragment=True)) == 1


def test_finding_names_the_line():
    text = '<p>\n{% if a %}\n  {{ b }}\n<p style="x">{% endif %}'

    assert findings(text) == [(4, "style attribute: use a class")]
