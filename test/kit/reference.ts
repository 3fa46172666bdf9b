/** The product's own reference, under the name that tests know it by. */
export { Recomputation as Reference } from '#domain';
