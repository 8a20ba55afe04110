//! A policy's view → one static page, or the nodes of a mini program's rich text.

use policy_reader::html::{self, Element, Look, Node, Open, element};
use policy_reader::lexicon::messages::Messages;
use policy_reader::view::View;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The look of the reader without script, and what a page of its own needs beside it.
const STYLE: [&str; 3] =
    [include_str!("../../../www/reader.css"), include_str!("../../../www/lists.css"), include_str!("page.css")];

/// What a page holds beside the policy.
pub struct Extras<'a> {
    /// Its practices for programs, JSON-LD.
    pub linked: Option<String>,
    /// The script that takes the page over.
    pub script: Option<String>,
    /// What that script reads.
    pub source: &'a str,
}

/// A self-contained page: title, card, contents, the whole text, lists and checklist as markup. It asks for nothing, and its
/// policy says so to the browser; it runs nothing but the script that is put into it.
pub fn page(view: &View, messages: &Messages, extras: &Extras) -> String {
    let look = Look { open: Open::All, ..Look::default() };
    let lang = if view.meta.language.is_empty() { messages.lang } else { view.meta.language };
    let title = if view.meta.title.is_empty() { messages.text("policy.title") } else { &view.meta.title };
    let meta = |name, content: &str| element("meta").with(name, content);
    let runs = if extras.script.is_some() { "script-src 'unsafe-inline' 'wasm-unsafe-eval'; " } else { "" };
    let policy = format!("default-src 'none'; {runs}style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    let head = element("head")
        .child(meta("charset", "utf-8"))
        .child(meta("http-equiv", "Content-Security-Policy").with("content", policy))
        .child(meta("name", "viewport").with("content", "width=device-width, initial-scale=1"))
        .child(element("title").text(title));
    let shown = [html::reader(view, messages, &look), lists(view, messages)].map(|node| still(node).markup()).concat();
    let heading = Node::from(element("h1").text(title)).markup();
    // The style sheet is our own and holds no `<`: it stands as it is, between tags that no policy's text can reach.
    let style: String = STYLE.iter().map(|sheet| needed(&without_comments(sheet), &shown)).collect();
    let style = format!("<style>\n{style}\n</style>");
    let linked =
        extras.linked.iter().map(|graph| inside("<script type=\"application/ld+json\">", graph)).collect::<String>();
    let head = Node::from(head).markup().replace("</head>", &format!("{style}{linked}</head>"));
    let body = match &extras.script {
        None => shown,
        Some(script) => {
            // What is shown first stands in the root that the script takes over; what the script reads is the text itself.
            let source = Node::from(element("pre").text(extras.source)).markup();
            let root = format!("<template shadowrootmode=\"open\">{style}{shown}</template>");
            format!("<policy-reader>{root}{source}</policy-reader>{}", inside("<script>", script))
        }
    };
    format!("<!doctype html>\n<html lang=\"{lang}\">\n{head}\n<body><main>{heading}{body}</main></body>\n</html>\n")
}

/// Text between the tags of a script, in which nothing can end it: `<` in a string of JSON or JavaScript may be escaped.
fn inside(tag: &str, text: &str) -> String {
    let text = text.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    format!("{tag}{text}</script>")
}

fn lists(view: &View, messages: &Messages) -> Node {
    element("div").class("reader").child(html::lists::all(view, messages)).into()
}

/// Markup without what only a script asks for: a third of a page's attributes.
fn still(node: Node) -> Node {
    let Node::Element(mut element) = node else { return node };
    element
        .attributes
        .retain(|(name, _)| !matches!(*name, "data-goto" | "data-id" | "data-slot" | "data-rule" | "part"));
    element.children = element.children.into_iter().map(still).collect();
    Node::Element(element)
}

/// A style sheet without its comments and indentation.
fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or("");
    let rest = parts.map(|part| part.split_once("*/").map_or("", |(_, behind)| behind));
    let bare: String = std::iter::once(first).chain(rest).collect();
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// The rules of a style sheet without comments that apply to something in a page: those of controls that are not there go.
fn needed(sheet: &str, page: &str) -> String {
    let classes: BTreeSet<&str> = page
        .split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(|list| list.split(' '))
        .collect();
    let mut out = String::new();
    rules(sheet, &classes, &mut out);
    out
}

fn rules(mut sheet: &str, classes: &BTreeSet<&str>, out: &mut String) {
    while let Some((head, rest)) = sheet.split_once('{') {
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0
        });
        let (body, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        sheet = behind.get(1..).unwrap_or("");
        let head = head.trim();
        if head.starts_with("@media") || head.starts_with("@container") || head.starts_with("@supports") {
            let mut inner = String::new();
            rules(body, classes, &mut inner);
            if !inner.is_empty() {
                let _ = writeln!(out, "{head}{{{inner}}}");
            }
        } else if head.starts_with('@') || selectors(head).any(|selector| applies(selector, classes)) {
            let _ = writeln!(out, "{head}{{{}}}", body.trim());
        }
    }
}

/// The selectors of a rule; a comma in brackets parts none.
fn selectors(head: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    head.split(move |c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    })
}

/// Whether all classes of a selector outside of brackets are there, and it is about no shadow root.
fn applies(selector: &str, classes: &BTreeSet<&str>) -> bool {
    let bare = selector.split('(').next().unwrap_or("");
    let names = bare
        .split('.')
        .skip(1)
        .map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or(""));
    !bare.contains(":host") && names.into_iter().all(|name| classes.contains(name))
}

/// The reader's markup alone, for a page that has a style sheet of its own.
pub fn fragment(view: &View, messages: &Messages) -> String {
    html::reader(view, messages, &Look { open: Open::All, ..Look::default() }).markup() + "\n"
}

/// Tags that the rich text of mini programs shows, by the documentation of the `rich-text` component; others become `div`
/// or `span`, controls and what only a page can do are left out.
const SHOWN: [&str; 24] = [
    "a",
    "b",
    "blockquote",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "p",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The nodes of a mini program's `rich-text`: `{ name, attrs: { class }, children }` and `{ type: "text", text }`.
pub fn rich_text(view: &View, messages: &Messages) -> Value {
    let look = Look { open: Open::All, ..Look::default() };
    json!([node(&html::reader(view, messages, &look)), node(&html::lists::all(view, messages).into())])
}

fn node(from: &Node) -> Value {
    match from {
        Node::Text(text) => json!({ "type": "text", "text": text }),
        Node::Element(Element { tag, attributes, children }) => {
            let name = match *tag {
                shown if SHOWN.contains(&shown) => shown,
                "mark" => "span",
                _ => "div",
            };
            let kept = attributes.iter().filter(|(name, _)| matches!(*name, "class" | "colspan" | "rowspan"));
            let attrs: BTreeMap<&str, &String> = kept.map(|(name, value)| (*name, value)).collect();
            let children: Vec<Value> = children.iter().filter(|child| !is_control(child)).map(node).collect();
            json!({ "name": name, "attrs": attrs, "children": children })
        }
    }
}

fn is_control(node: &Node) -> bool {
    matches!(node, Node::Element(Element { tag: "button" | "input" | "nav", .. }))
}
