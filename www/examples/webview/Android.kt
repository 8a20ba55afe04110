// Android: index.html and policy-reader.standalone.js lie in app/src/main/assets/policy/.
import android.content.Context
import android.webkit.JavascriptInterface
import android.webkit.WebView

class Policy(private val heard: (String) -> Unit) {
    // Called on a thread of the web view's own.
    @JavascriptInterface
    fun postMessage(json: String) = heard(json)
}

fun policyView(context: Context, heard: (String) -> Unit) = WebView(context).apply {
    settings.javaScriptEnabled = true
    addJavascriptInterface(Policy(heard), "PolicyReaderAndroid")
    loadUrl("file:///android_asset/policy/index.html")
}
