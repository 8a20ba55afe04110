import { createApp } from 'vue';
import 'policy-reader/define.js';
import App from './App.vue';

createApp(App).mount('#app');
