import tokens from '../../kit/tokens.css?inline';
import css from './reading.css?inline';

/** What every face of the embed wears first. */
export const styles = tokens + css;
