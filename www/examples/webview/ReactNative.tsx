// React Native: the page as a string, the script beside it in the app's assets. `npm install react-native-webview`.
import { WebView } from 'react-native-webview';
import { page } from './page'; // index.html with the script inside, made when the app is built

export function Policy({ heard }: { heard: (event: { event: string }) => void }) {
  return (
    <WebView
      originWhitelist={['*']}
      source={{ html: page }}
      onMessage={({ nativeEvent }) => heard(JSON.parse(nativeEvent.data))}
    />
  );
}
