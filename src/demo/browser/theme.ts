/**
 * The script of the theme page. It applies each choice to the element immediately and shows the code with which a
 * publisher gets the same result.
 */

type Control = HTMLInputElement | HTMLSelectElement;

function isControl(element: Element): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

/**
 * Connects the form to the element. A control named `--x` sets that custom property, the text area adds CSS to the page,
 * and any other control sets the attribute with the same name. Controls that were not changed set nothing.
 */
export function bindThemeForm(form: HTMLFormElement): void {
  const target = document.querySelector<HTMLElement>(form.dataset['themeOf']!)!;
  const codeOutput = form.querySelector('pre')!;
  const changes = new Map<string, string>();
  const partStyles = form.querySelector('textarea')!;
  // A constructed stylesheet, because the demo site's CSP forbids inline styles.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);

  const renderCode = (): void => {
    const properties = [...changes].filter(([name]) => name.startsWith('--'));
    const attributes = [...changes].filter(([name, value]) => !name.startsWith('--') && value);
    codeOutput.textContent = [
      `<postbag-comments${attributes.map(([name, value]) => ` ${name}="${value}"`).join('')} …>`,
      properties.length > 0
        ? `postbag-comments {\n${properties.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}`
        : 'postbag-comments { }',
      ...(partStyles.value.trim() ? [partStyles.value.trim()] : []),
    ].join('\n\n');
  };
  const set = (name: string, value: string): void => {
    changes.delete(name);
    if (value) changes.set(name, value);
    if (name.startsWith('--')) target.style.setProperty(name, value);
    else if (value) target.setAttribute(name, value);
    else target.removeAttribute(name);
    // Arabic is written from right to left, which the page must declare with `dir`.
    if (name === 'lang') target.dir = value === 'ar' ? 'rtl' : '';
  };

  form.addEventListener('input', ({ target: control }) => {
    if (control === partStyles) {
      sheet.replaceSync(partStyles.value);
      return renderCode();
    }
    if (!(control instanceof Element) || !isControl(control)) return;
    set(control.name, control.value && control.value + (control.dataset['unit'] ?? ''));
    renderCode();
  });
  form.addEventListener('reset', () => {
    for (const name of [...changes.keys()]) set(name, '');
    partStyles.value = '';
    sheet.replaceSync('');
    renderCode();
  });
  renderCode();
}
