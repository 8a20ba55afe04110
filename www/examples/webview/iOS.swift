// iOS: index.html and policy-reader.standalone.js lie in the bundle's folder policy/.
import WebKit

final class PolicyView: NSObject, WKScriptMessageHandler {
    let view: WKWebView
    private let heard: (String) -> Void

    init(heard: @escaping (String) -> Void) {
        self.heard = heard
        view = WKWebView(frame: .zero, configuration: WKWebViewConfiguration())
        super.init()
        view.configuration.userContentController.add(self, name: "policyReader")
        guard let page = Bundle.main.url(forResource: "index", withExtension: "html", subdirectory: "policy") else { return }
        view.loadFileURL(page, allowingReadAccessTo: page.deletingLastPathComponent())
    }

    func userContentController(_: WKUserContentController, didReceive message: WKScriptMessage) {
        if let json = message.body as? String { heard(json) }
    }
}
