/* 核对台：键盘、光标处拆开、保存后的版本号、换到别处前先存好。没有脚本时全部按表单提交。ES2017，兼容 Chromium 86。 */
(function () {
  'use strict';
  var $ = function (s, r) { return (r || document).querySelector(s); };
  var ENDS = '。；;！!？，,：', AROUND = 8, MOST = 60;
  function desk() { return $('#desk'); }
  function bar() { return $('#checkbar'); }
  function panel() { return $('#panel'); }
  if (!desk()) return;

  /* 1 版本号：自动保存只换下面一条，别的表单跟着用新的版本号 */
  document.addEventListener('htmx:configRequest', function (e) {
    if (e.detail.verb !== 'post' || e.target.closest('[data-own-version]') || !bar()) return;
    e.detail.parameters.version = bar().getAttribute('data-version');
  });

  /* 2 打开的一条还有没存的，先存好再去别处 */
  var dirty = false;
  document.addEventListener('input', function (e) { if (e.target.closest('#panel')) dirty = true; });
  document.addEventListener('htmx:afterRequest', function (e) {
    if (e.target.closest('#panel') && e.detail.successful) dirty = false;
  });
  document.addEventListener('htmx:confirm', function (e) {
    var form = panel();
    if (!dirty || !form || form.contains(e.target) || e.target.closest('[data-own-version]')) return;
    e.preventDefault();
    dirty = false;
    htmx.ajax('POST', form.getAttribute('action'), { source: form, target: '#checkbar', swap: 'outerHTML', values: { op: 'autosave' } })
      .then(function () { if (!$('#clash [role="alert"]')) e.detail.issueRequest(true); });
  });
  window.addEventListener('beforeunload', function (e) { if (dirty && panel()) { e.preventDefault(); e.returnValue = ''; } });
  document.addEventListener('submit', function () { dirty = false; });

  /* 3 键盘：Alt+↑↓ 上移下移，Alt+←→ 升降一级，Alt+Z 撤销 */
  var KEYS = { ArrowUp: ['move', ':up'], ArrowDown: ['move', ':down'], ArrowLeft: ['promote', ''], ArrowRight: ['demote', ''] };
  document.addEventListener('keydown', function (e) {
    if (!e.altKey || e.ctrlKey || e.metaKey) return;
    if (e.key === 'z' || e.key === 'Z') { var undo = $('#undo'); if (undo) { e.preventDefault(); undo.click(); } return; }
    var key = KEYS[e.key], node = key && e.target.closest && e.target.closest('[data-node]');
    if (!node) return;
    e.preventDefault();
    var op = key[0] + ':' + node.getAttribute('data-node') + key[1];
    var button = $('button[value="' + op + '"]', node);
    if (button) { button.click(); return; }
    if (panel() && node.contains(panel())) return;
    htmx.ajax('POST', desk().getAttribute('data-url'), { source: node, target: '#desk', swap: 'outerHTML', values: { op: op } });
  });

  /* 4 从光标处拆开：光标停在字中间，就多一个“光标处”的选项 */
  function around(text, at) { return '…' + text.slice(Math.max(at - AROUND, 0), at) + '｜' + text.slice(at, at + AROUND) + '…'; }
  function options(select, text) {
    while (select.options.length > 1) select.remove(1);
    for (var at = 1, n = 0; at < text.length && n < MOST; at++) {
      if (ENDS.indexOf(text[at - 1]) >= 0 && ENDS.indexOf(text[at]) < 0) { select.add(new Option(around(text, at), at)); n++; }
    }
  }
  function caret(area) {
    var select = $('[data-cut-of="' + area.id + '"]'), at = area.selectionStart;
    if (!select) return;
    var old = $('option[data-caret]', select);
    if (old) old.remove();
    if (at > 0 && at < area.value.length) {
      var here = new Option('光标处：' + around(area.value, at), at);
      here.setAttribute('data-caret', '');
      select.add(here, 1);
      select.value = String(at);
      here.selected = true;
    }
  }
  ['keyup', 'click'].forEach(function (name) {
    document.addEventListener(name, function (e) { if (e.target.matches && e.target.matches('#panel textarea')) caret(e.target); });
  });
  document.addEventListener('input', function (e) {
    if (!e.target.matches('#panel textarea')) return;
    var select = $('[data-cut-of="' + e.target.id + '"]');
    if (select) options(select, e.target.value);
  });

  /* 5 只有选了“指定的”，才列出单位来勾 */
  function names(select) {
    var box = document.getElementById(select.getAttribute('data-names'));
    if (box) box.hidden = !select.selectedOptions[0] || !select.selectedOptions[0].hasAttribute('data-named');
  }
  function settle(root) { Array.prototype.forEach.call(root.querySelectorAll('select[data-names]'), names); }
  document.addEventListener('change', function (e) { if (e.target.matches('select[data-names]')) names(e.target); });
  document.addEventListener('htmx:afterSettle', function (e) { if (e.target.id === 'desk') { dirty = false; settle(e.target); } });
  settle(document);

  /* 6 打开一条后，光标放进去 */
  document.addEventListener('htmx:afterSettle', function (e) {
    var area = e.target.id === 'desk' && $('#panel textarea', e.target);
    if (area && (document.activeElement === document.body || !document.activeElement)) area.focus({ preventScroll: true });
  });
})();
