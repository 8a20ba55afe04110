// Nothing in it is for the reader: JSX, and addresses that work in any folder.
export default { base: './', esbuild: { jsx: 'automatic' } };
