/** The language of the demo, before anything of it is drawn: a classic script in the head, so that nothing jumps. */
{
  const spoken = navigator.language.toLowerCase();
  const root = document.documentElement;
  // The samples are Chinese; who reads another language still finds the labels in English.
  root.lang = spoken.startsWith('zh') ? (/hant|tw|hk|mo/.test(spoken) ? 'zh-Hant' : 'zh-Hans') : 'en';
  root.dataset.language = root.lang;
}
