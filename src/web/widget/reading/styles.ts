import tokens from '../../kit/tokens.css?inline';
import css from './reading.css?inline';

/** The styles needed for the first paint. */
export const styles = tokens + css;
