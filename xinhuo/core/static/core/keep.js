/* 薪火 keep.js — 写了还没存上的内容：先留在这台电脑上，存上了就删；登录失效的，本人登录后放回原处。
   只管标了 data-xh-keep 的表单，按人、岗位、网址和表单分开；不留密码、隐藏项和文件；退出登录时删掉，七天后作废。
   data-xh-keep-url：表单在哪一页（就在本页的不写）；data-xh-unsaved：出错后重新显示的；data-xh-nokeep：不用留的栏目。
   ES2017,兼容 Chromium 86。没有这个脚本，页面照常可用。 */
(function () {
  'use strict';
  var PREFIX = 'xh-keep|', SENT = 'xh-sent', LOST = 'xh-lost', DAYS = 7 * 864e5, WAIT = 200;
  var who = document.body.getAttribute('data-xh-who') || '', states = new WeakMap(), mine = [], forgotten = false;
  var $ = function (s, r) { return (r || document).querySelector(s); };
  function list(found) { return Array.prototype.slice.call(found); }

  /* 1 存放处：浏览器不让存的话，当作没有 */
  function attempt(job) { try { return job(); } catch (e) { return null; } }
  function read(key) { return attempt(function () { return JSON.parse(localStorage.getItem(key)); }); }
  function put(key, entry) { attempt(function () { localStorage.setItem(key, JSON.stringify(entry)); }); }
  function drop(key) { attempt(function () { localStorage.removeItem(key); }); }
  function mark(name, key) { attempt(function () { if (key) sessionStorage.setItem(name, key); else sessionStorage.removeItem(name); }); }
  function marked(name) { return attempt(function () { return sessionStorage.getItem(name); }) || ''; }
  function keys() { return attempt(function () { return Object.keys(localStorage); }) || []; }
  function kept() {
    return keys().filter(function (key) {
      if (key.indexOf(PREFIX) !== 0) return false;
      var entry = read(key), fresh = entry && Date.now() - entry.at < DAYS;
      if (!fresh) drop(key);
      return fresh;
    });
  }

  /* 2 表单里的字 */
  function ticks(f) { return f.type === 'checkbox' || f.type === 'radio'; }
  function fields(form) {
    return list(form.elements).filter(function (f) {
      return f.name && /^(INPUT|TEXTAREA|SELECT)$/.test(f.tagName) && !/^(hidden|password|file|submit|button|image|reset)$/.test(f.type) && !f.closest('[data-xh-nokeep]');
    });
  }
  function idOf(f) { return ticks(f) ? f.name + '=' + f.value : f.name; }
  function get(f) { return ticks(f) ? f.checked : f.value; }
  function set(f, value) { if (ticks(f)) f.checked = value; else f.value = value; }
  function given(f) {
    if (ticks(f)) return f.defaultChecked;
    if (f.tagName !== 'SELECT') return f.defaultValue;
    var chosen = list(f.options).filter(function (o) { return o.defaultSelected; })[0] || f.options[0];
    return chosen ? chosen.value : '';
  }
  function labelOf(f) {
    var label = f.labels && f.labels[0];
    return (f.getAttribute('aria-label') || (label ? label.textContent : '') || '').trim() || '这一项';
  }
  function addressOf(form) { return form.getAttribute('data-xh-keep-url') || location.pathname; }
  function keyOf(form) { return PREFIX + who + '|' + addressOf(form).split(/[?#]/)[0] + '|' + form.getAttribute('data-xh-keep'); }

  /* 3 边写边留：只留和服务器上不一样的；state.base 是服务器上的，state.held 是放不回去、等本人定的 */
  function differing(form, state) {
    var typed = Object.assign({}, state.held);
    fields(form).forEach(function (f) {
      var id = idOf(f);
      if (!(id in state.base)) state.base[id] = given(f);
      if (get(f) !== state.base[id]) typed[id] = { now: get(f), was: state.base[id], label: labelOf(f) };
    });
    return typed;
  }
  function note(form) {
    var state = states.get(form), key = keyOf(form);
    if (!state || forgotten || !fields(form).length) return;  // a last look holds nothing but hidden fields
    clearTimeout(state.timer);
    var typed = differing(form, state);
    if (state.key && state.key !== key) drop(state.key);  // the page has got an address of its own meanwhile
    state.key = key;
    if (Object.keys(typed).length) put(key, { at: Date.now(), title: document.title.split(' · ')[0], url: addressOf(form), typed: typed });
    else drop(key);
  }
  function noteSoon(e) {
    var form = e.target.form, state = form && states.get(form);
    if (!state) return;
    clearTimeout(state.timer);
    state.timer = setTimeout(function () { note(form); }, WAIT);
  }
  function noteAll() { list(document.forms).forEach(note); }
  document.addEventListener('input', noteSoon);
  document.addEventListener('change', noteSoon);
  window.addEventListener('pagehide', noteAll);
  document.addEventListener('visibilitychange', function () { if (document.visibilityState === 'hidden') noteAll(); });

  /* 4 存上了就删：整页提交的，下一页说“办好了”才算；HTMX 的，答复是 200 才算 */
  document.addEventListener('submit', function (e) {
    if (e.target.matches('[data-xh-forget]')) return forget();
    if (!states.has(e.target)) return;
    note(e.target);
    if (!e.defaultPrevented) mark(SENT, keyOf(e.target));
  });
  function forget() { forgotten = true; keys().forEach(function (key) { if (key.indexOf(PREFIX + who.split('-')[0] + '-') === 0) drop(key); }); }
  function savedBy(detail) {
    var form = detail.elt.closest('form'), path = detail.requestConfig.path;
    if (detail.requestConfig.verb !== 'post' || !form || !states.has(form)) return null;
    return path === form.getAttribute('action') || path === form.getAttribute('hx-post') ? form : null;
  }
  document.addEventListener('htmx:beforeRequest', function (e) {
    var form = savedBy(e.detail);
    if (!form) return;
    note(form);
    mark(SENT, keyOf(form));
    var sent = states.get(form).sent = {};
    fields(form).forEach(function (f) { sent[idOf(f)] = get(f); });
    e.detail.requestConfig.xhForm = form;
  });
  document.addEventListener('htmx:afterRequest', function (e) {
    var form = e.detail.requestConfig && e.detail.requestConfig.xhForm, xhr = e.detail.xhr, state = form && states.get(form);
    if (!state || !state.sent) return;
    if (xhr.getResponseHeader('HX-Redirect')) return;  // the next page says whether it was saved
    mark(SENT, '');
    if (xhr.status !== 200) return;
    Object.assign(state.base, state.sent);
    state.sent = null;
    note(form);  // what was typed since, also in a form that the answer has replaced
  });
  function settleSent() {
    var sent = marked(SENT), again = list(document.querySelectorAll('[data-xh-keep][data-xh-unsaved]'));
    mark(SENT, '');
    if (!who || $('[data-xh-lost]')) { if (sent) mark(LOST, sent); return; }
    mark(LOST, '');
    if (sent && $('#xh-messages .xh-ok') && !again.some(function (form) { return keyOf(form) === sent; })) drop(sent);
  }

  /* 5 放回原处 */
  function watch(form) {
    if (states.has(form) || !who) return;
    var state = { base: {}, held: {}, key: '', sent: null }, entry = read(keyOf(form));
    states.set(form, state);
    fields(form).forEach(function (f) { state.base[idOf(f)] = given(f); });
    if (!entry) return;
    state.key = keyOf(form);
    if (form.hasAttribute('data-xh-unsaved')) {  // shown again after an error: what stands there is not saved
      Object.keys(entry.typed).forEach(function (id) { state.base[id] = entry.typed[id].was; });
      return;
    }
    restore(form, state, entry.typed);
  }
  function fits(f, value) { return f.tagName !== 'SELECT' || list(f.options).some(function (o) { return o.value === value; }); }
  function restore(form, state, typed) {
    var back = [], clash = [];
    fields(form).forEach(function (f) {
      var was = typed[idOf(f)];
      if (!was || get(f) === was.now) return;
      if (given(f) === was.was && fits(f, was.now)) back.push([f, was]); else { clash.push([f, was]); state.held[idOf(f)] = was; }
    });
    var shown = fields(form).map(idOf);
    Object.keys(typed).forEach(function (id) { if (shown.indexOf(id) < 0) state.held[id] = typed[id]; });  // on another page of a list
    back.forEach(function (pair) { place(pair[0], pair[1].now); });
    if (back.length || clash.length) tell(form, state, back, clash);
    touch(form, back);
    note(form);
  }
  function place(f, value) {
    set(f, value);
    for (var d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
  }
  function touch(form, pairs) {  // forms that save themselves do so now
    if (!pairs.length) return;
    var f = pairs[0][0];
    ['input', 'change'].forEach(function (name) { f.dispatchEvent(new Event(name, { bubbles: true })); });
  }

  /* 6 告诉本人 */
  function make(tag, words, box, css) { var n = document.createElement(tag); if (words) n.textContent = words; if (css) n.className = css; if (box) box.appendChild(n); return n; }
  function press(words, box, job) { var b = make('button', words, box, 'btn'); b.type = 'button'; b.addEventListener('click', job); return b; }
  function tell(form, state, back, clash) {
    var box = make('div', '', null, 'xh-info big');
    box.setAttribute('role', 'status');
    box.setAttribute('data-xh-found', '');
    if (back.length) {
      make('p', '找回了您上次没存上的内容，已放回原处，共 ' + back.length + ' 处。', box);
      press('不要了，用原来的', make('p', '', box), function () {
        back.forEach(function (pair) { set(pair[0], pair[1].was); });
        touch(form, back); note(form); box.remove();
      });
    }
    if (clash.length) make('p', '下面是您上次没存上的内容。这几处后来改过，没有替您放进去：', box);
    clash.forEach(function (pair) {
      var p = make('p', pair[1].label + '：' + worded(pair[1].now) + ' ', box);
      if (fits(pair[0], pair[1].now)) press('换成我写的', p, function () { delete state.held[idOf(pair[0])]; place(pair[0], pair[1].now); touch(form, [pair]); note(form); p.remove(); });
      press('不要了', p, function () { delete state.held[idOf(pair[0])]; note(form); p.remove(); });
    });
    $('#xh-messages').prepend(box);
  }
  function worded(value) { return value === true ? '勾上' : value === false ? '不勾' : '“' + value + '”'; }

  /* 7 那一页不在眼前的：工作台和同一页上列出来；登录页和“没有提交”那一页说一声，并带回那一页 */
  function tellOthers() {
    var here = mine.map(keyOf), person = PREFIX + who.split('-')[0] + '-', desk = $('[data-xh-keep-list]');
    var others = kept().filter(function (key) { return key.indexOf(person) === 0 && here.indexOf(key) < 0 && (desk || key.split('|')[2] === location.pathname); });
    if (!who || !others.length) return;
    var box = make('div', '', null, 'xh-info big');
    box.setAttribute('data-xh-found', '');
    make('p', '您有没存上的内容，还留在这台电脑上：', box);
    others.forEach(function (key) {
      var entry = read(key), p = make('p', '', box), more = make('details', '', p), post = key.split('|')[1] === who;
      make('summary', '《' + entry.title + '》', more);
      Object.keys(entry.typed).forEach(function (id) { make('p', entry.typed[id].label + '：' + worded(entry.typed[id].now), more); });
      if (post) { var a = make('a', '接着写', p, 'btn'); a.href = entry.url; } else make('span', '是用您的另一个岗位写的，换回那个岗位就能接着写。', p, 'xh-meta');
      press('不要了', p, function () { drop(key); p.remove(); if (!$('p + p', box)) box.remove(); });
    });
    $('#xh-messages').appendChild(box);
  }
  function leadBack() {
    var entry = read(marked(LOST)), said = $('[data-xh-lost]'), next = $('main input[name="next"]'), link = $('a[data-xh-login]'), back = $('a[data-xh-back]');
    if (!entry || !said) return;
    said.hidden = false;
    if (next) next.value = entry.url;
    if (back) back.href = entry.url;
    if (link) link.href = link.getAttribute('href').split('?')[0] + '?next=' + encodeURIComponent(entry.url);
  }

  function watchIn(root) {
    var found = list((root || document).querySelectorAll('form[data-xh-keep]'));
    if (root && root.matches && root.matches('form[data-xh-keep]')) found.push(root);
    found.forEach(watch);
    mine = list(document.querySelectorAll('form[data-xh-keep]'));
  }
  document.addEventListener('DOMContentLoaded', function () {  // after htmx has taken the forms in hand
    kept(); settleSent(); watchIn(document); tellOthers(); leadBack();
  });
  document.addEventListener('htmx:afterSettle', function (e) { watchIn(e.target); });
})();
