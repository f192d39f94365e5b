/** The theme page: what is chosen is set on the element at once, and written out as a publisher would write it. */

type Control = HTMLInputElement | HTMLSelectElement;

function isControl(element: Element): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

/** Custom properties by their names, attributes by theirs; what was never touched stays unset. */
export function bindThemeForm(form: HTMLFormElement): void {
  const target = document.querySelector<HTMLElement>(form.dataset['themeOf']!)!;
  const lines = form.querySelector('pre')!;
  const touched = new Map<string, string>();
  const parts = form.querySelector('textarea')!;
  // A constructed sheet: the paper's policy allows no inline styles.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);

  const show = (): void => {
    const properties = [...touched].filter(([name]) => name.startsWith('--'));
    const attributes = [...touched].filter(([name, value]) => !name.startsWith('--') && value);
    lines.textContent = [
      `<postbag-comments${attributes.map(([name, value]) => ` ${name}="${value}"`).join('')} …>`,
      properties.length > 0
        ? `postbag-comments {\n${properties.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}`
        : 'postbag-comments { }',
      ...(parts.value.trim() ? [parts.value.trim()] : []),
    ].join('\n\n');
  };
  const set = (name: string, value: string): void => {
    touched.delete(name);
    if (value) touched.set(name, value);
    if (name.startsWith('--')) target.style.setProperty(name, value);
    else if (value) target.setAttribute(name, value);
    else target.removeAttribute(name);
    // Arabic runs from right to left, and a page in Arabic says so.
    if (name === 'lang') target.dir = value === 'ar' ? 'rtl' : '';
  };

  form.addEventListener('input', ({ target: control }) => {
    if (control === parts) {
      sheet.replaceSync(parts.value);
      return show();
    }
    if (!(control instanceof Element) || !isControl(control)) return;
    set(control.name, control.value && control.value + (control.dataset['unit'] ?? ''));
    show();
  });
  form.addEventListener('reset', () => {
    for (const name of [...touched.keys()]) set(name, '');
    parts.value = '';
    sheet.replaceSync('');
    show();
  });
  show();
}
