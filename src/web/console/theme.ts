import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/**
 * A design token in place of each of Mantine's ten shades. One shade is enough, because the token's own colour
 * changes in dark mode.
 */
const token = (name: string): MantineColorsTuple => {
  const value = `var(--pb-${name})`;
  return [value, value, value, value, value, value, value, value, value, value];
};

// Mantine puts white text on filled components. Our colours are light in the dark palette, so they need dark text
// there.
const variantColorResolver: VariantColorsResolver = (input) => {
  if (input.variant === 'filled') {
    const accent = !input.color || input.color === 'accent';
    const background = accent ? 'var(--pb-accent)' : `var(--mantine-color-${input.color}-filled)`;
    return {
      background,
      hover: `color-mix(in oklab, ${background}, var(--pb-ink) 12%)`,
      color: accent ? 'var(--pb-accent-ink)' : 'var(--pb-paper)',
      border: '1px solid transparent',
    };
  }
  return defaultVariantColorsResolver(input);
};

/**
 * Overlays close without a transition. While one fades out it is still in the document and keeps the focus, so keys
 * pressed right after Esc would be lost.
 */
const OVERLAY_TRANSITION = { transition: 'fade', duration: 140, exitDuration: 0 } as const;

/** The kit's design tokens as a Mantine theme. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: {
    accent: token('accent'),
    held: token('held'),
    rejected: token('rejected'),
    published: token('published'),
    // Mantine's dark greys, mapped to the kit's colours: text, soft text, borders, surfaces, page, below the page.
    dark: [
      '#e9e7e3',
      '#c9c8c6',
      '#a5a8ad',
      '#7d8085',
      '#3a3d42',
      '#303337',
      '#232528',
      '#17181a',
      '#101113',
      '#0b0c0d',
    ],
  },
  variantColorResolver,
  fontFamily: 'var(--pb-font-ui)',
  fontFamilyMonospace: 'var(--pb-font-mono)',
  fontSizes: {
    xs: 'var(--pb-text-xs)',
    sm: 'var(--pb-text-s)',
    md: 'var(--pb-text-m)',
    lg: 'var(--pb-text-l)',
    xl: 'var(--pb-text-xl)',
  },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.3', xl: '1.2' },
  spacing: {
    xs: 'var(--pb-space-2)',
    sm: 'var(--pb-space-3)',
    md: 'var(--pb-space-4)',
    lg: 'var(--pb-space-6)',
    xl: 'var(--pb-space-8)',
  },
  radius: {
    xs: 'var(--pb-radius-s)',
    sm: 'var(--pb-radius-s)',
    md: 'var(--pb-radius-m)',
    lg: 'var(--pb-radius-m)',
    xl: 'var(--pb-radius-m)',
  },
  defaultRadius: 'sm',
  shadows: {
    xs: 'none',
    sm: 'none',
    md: 'var(--pb-shadow)',
    lg: 'var(--pb-shadow)',
    xl: 'var(--pb-shadow)',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: { fontWeight: '600' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // For accessibility: menus stay inside the landmark of their button, and opening one focuses its first item.
    Menu: {
      defaultProps: {
        withinPortal: false,
        withInitialFocusPlaceholder: false,
        transitionProps: OVERLAY_TRANSITION,
      },
    },
    Popover: { defaultProps: { transitionProps: OVERLAY_TRANSITION } },
    Tooltip: {
      defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 120 } },
    },
    Modal: {
      defaultProps: { transitionProps: OVERLAY_TRANSITION },
      styles: { title: { fontSize: 'var(--pb-text-l)', fontWeight: 600 } },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 160, exitDuration: 0 } } },
  },
});

const colourVariables = (name: string) => ({
  [`--mantine-color-${name}-filled`]: `var(--pb-${name})`,
  [`--mantine-color-${name}-filled-hover`]: `var(--pb-${name})`,
  [`--mantine-color-${name}-light`]: `var(--pb-${name}-wash)`,
  [`--mantine-color-${name}-light-hover`]: `var(--pb-${name}-wash)`,
  [`--mantine-color-${name}-light-color`]: name === 'accent' ? 'var(--pb-accent-text)' : `var(--pb-${name})`,
  [`--mantine-color-${name}-outline`]: `var(--pb-${name})`,
  [`--mantine-color-${name}-outline-hover`]: `var(--pb-${name}-wash)`,
  [`--mantine-color-${name}-text`]: name === 'accent' ? 'var(--pb-accent-text)' : `var(--pb-${name})`,
});

/**
 * Maps Mantine's colour variables to the kit's tokens, the same in both colour schemes, because the tokens themselves
 * change.
 */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const surfaces = {
    '--mantine-color-body': 'var(--pb-paper)',
    '--mantine-color-text': 'var(--pb-ink)',
    '--mantine-color-bright': 'var(--pb-ink)',
    '--mantine-color-dimmed': 'var(--pb-ink-soft)',
    '--mantine-color-placeholder': 'var(--pb-ink-soft)',
    '--mantine-color-anchor': 'var(--pb-accent-text)',
    '--mantine-color-default': 'var(--pb-paper-raised)',
    '--mantine-color-default-hover': 'color-mix(in oklab, var(--pb-paper-raised), var(--pb-ink) 5%)',
    '--mantine-color-default-color': 'var(--pb-ink)',
    '--mantine-color-default-border': 'var(--pb-line-strong)',
    '--mantine-color-error': 'var(--pb-rejected)',
    '--mantine-color-disabled': 'var(--pb-wash-strong)',
    '--mantine-color-disabled-color': 'var(--pb-ink-soft)',
    '--mantine-color-disabled-border': 'var(--pb-line)',
    '--mantine-primary-color-contrast': 'var(--pb-accent-ink)',
    ...colourVariables('accent'),
    ...colourVariables('held'),
    ...colourVariables('rejected'),
    ...colourVariables('published'),
  };
  return { variables: {}, light: surfaces, dark: surfaces };
};
