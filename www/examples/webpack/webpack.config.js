// Nothing in it is for the reader.
export default { mode: 'production', entry: './src/main.js', output: { filename: 'main.js', clean: true }, performance: { hints: false } };
