import vue from '@vitejs/plugin-vue';

// Vue has to be told that these are no components of its own.
const isCustomElement = (tag) => tag.startsWith('policy-');

export default { base: './', plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
