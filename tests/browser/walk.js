// What a person would trip over on the page as it is laid out now; ``least`` is the height of anything pressable.
(least) => {
  const found = [];
  const seen = (item) => {
    const box = item.getBoundingClientRect();
    return item.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1 && !item.matches(".xh-sr, .xh-plainfile");
  };
  const called = (item) => `${item.tagName.toLowerCase()}.${item.className || item.name || item.type || ""} “${(item.innerText || item.getAttribute("aria-label") || item.id || "").trim().slice(0, 24)}”`;
  const headings = [...document.querySelectorAll("h1")].filter((item) => item.checkVisibility());
  if (headings.length !== 1) found.push(`${headings.length} h1`);
  if (!/^.+ · 薪火$/.test(document.title)) found.push(`title “${document.title}”`);
  if (document.title.startsWith("工作台") && location.pathname !== "/") found.push("title of another page");

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const edge = document.documentElement.clientWidth + 1;
    const out = [...document.querySelectorAll("main *, header *, footer *")].filter((item) => item.getBoundingClientRect().right > edge && seen(item) && !item.closest(".table-responsive"));
    found.push(`${wide} px too wide: ${out.slice(0, 3).map(called).join(", ")}`);
  }

  const shown = (selector) => [...document.querySelectorAll(selector)].some(seen);
  if (shown(".xh-actionbar") && shown(".xh-tabbar")) found.push("two bars at the foot: the action bar lies under the tab bar");

  const pressable = ".btn, button, summary, select, textarea, .xh-tool, .xh-brand, .xh-nav a, .xh-tabbar a, .xh-pages a, .xh-sort, .xh-seg a, .xh-linklist a, .xh-cell a, .xh-ev, input:not([type=hidden]):not([type=checkbox]):not([type=radio])";
  for (const item of document.querySelectorAll(pressable)) {
    const height = item.getBoundingClientRect().height;
    if (seen(item) && height < least - 0.5) found.push(`${Math.round(height)} px high: ${called(item)}`);
  }
  for (const box of document.querySelectorAll("input[type=checkbox], input[type=radio]")) {
    const label = box.closest("label") || document.querySelector(`label[for="${box.id}"]`);
    if (!seen(box) && !(label && seen(label))) continue;
    const height = label ? label.getBoundingClientRect().height : 0;
    if (height < least - 0.5) found.push(`${Math.round(height)} px high: label of ${called(box)} ${box.name}`);
  }
  return [...new Set(found)];
}
