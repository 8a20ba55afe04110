// React 19 sets properties and listens to events of custom elements by itself. Importing `define.js` registers them.
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'policy-reader/define.js';

function Policy({ text }) {
  const reader = useRef(null);
  const [sections, setSections] = useState(0);
  useEffect(() => {
    const element = reader.current;
    const ready = (event) => setSections(event.detail.sections);
    element.addEventListener('policy-ready', ready);
    return () => element.removeEventListener('policy-ready', ready);
  }, []);
  return (
    <main>
      <p id="sections">{sections}</p>
      <policy-reader ref={reader} source={text} open="none" lang="en" />
    </main>
  );
}

function App() {
  const [text, setText] = useState('');
  useEffect(() => {
    // The text comes late, as from any server.
    fetch('./privacy.md')
      .then((response) => response.text())
      .then(setText);
  }, []);
  return <Policy text={text || undefined} />;
}

createRoot(document.getElementById('app')).render(<App />);
