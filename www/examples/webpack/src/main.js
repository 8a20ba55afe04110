import 'policy-reader/define.js';
