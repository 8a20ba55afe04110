//! Pages → the text that our reader takes from them is the text of the standard's tree (html5ever), in order: scripts,
//! styles and comments aside. Where a policy must be kept that a browser would drop, a page stands in [`EXCEPTIONS`].

mod common;

use common::{files, read};
use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use policy_reader::blocks::{self, Format};
use policy_reader::text::is_blank;

/// Pages whose text differs, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("broken-angle.html", "a tag in a tag's name is a tag: a policy's text must not become part of a name"),
    ("cdata.html", "a section of XHTML ends at ]]>, not at the first >: its words are text"),
    ("mxss-plaintext.html", "no page has used <plaintext> for thirty years: a script behind it stays a script"),
    ("mxss-title.html", "<title> in a drawing is read as the page's: tags in it are characters"),
    ("processing-instruction.html", "a tag in an instruction is a tag, so that a script in it stays one"),
    ("unclosed-attr.html", "what stands in a tag at the end of a page is text: a torn page loses nothing"),
];

/// The text of the standard's tree; images speak through `alt`, as they do for us.
fn standard(source: &str) -> String {
    let tree = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let dom = parse_document(RcDom::default(), ParseOpts { tree_builder: tree, ..ParseOpts::default() }).one(source);
    let mut out = String::new();
    // Deep trees would overflow the stack of a recursive walk.
    let mut open: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            NodeData::Text { contents } => out.push_str(&contents.borrow()),
            NodeData::Element { name, attrs, template_contents, .. } => {
                if matches!(&*name.local, "script" | "style") {
                    continue;
                }
                if matches!(&*name.local, "img" | "area" | "input") {
                    let attrs = attrs.borrow();
                    let alt = attrs.iter().find(|a| &*a.name.local == "alt");
                    out.push_str(alt.map_or("", |a| &a.value));
                }
                open.extend(template_contents.borrow().iter().cloned());
            }
            _ => {}
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    bare(&out)
}

/// What stands in our canonical text, bars between cells aside.
fn ours(source: &str) -> String {
    let document = blocks::read(source, Some(Format::Html));
    bare(&document.text.pieces().map(|(_, text)| text).collect::<String>())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

/// Where two texts part.
fn parting(ours: &str, standard: &str) -> String {
    let same = ours.chars().zip(standard.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(12)).take(48).collect::<String>();
    format!("ours     …{}\n  standard …{}", around(ours), around(standard))
}

/// What random pages are made of. No tables: text that stands between cells is moved before the table by the standard, and
/// stays where it was written here.
const TOKENS: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=a>",
    "</div>",
    "<b>",
    "</b>",
    "<span style='x'>",
    "</span>",
    "<ul>",
    "<li>",
    "</ul>",
    "<br>",
    "<h2>",
    "</h2>",
    "<a href='/x?a=1&b=2'>",
    "</a>",
    "<!-- c -->",
    "<!---->",
    "<!--x--!>",
    "<script>if(a<b){}</script>",
    "<style>p{}</style>",
    "&nbsp;",
    "&amp;lt;",
    "&#x4e00;",
    "&copy",
    "&x;",
    "\u{6587}\u{5b57}",
    " ",
    "\n",
    "1<2",
    "a & b",
    "<hr/>",
    "<img alt='\u{56fe}'>",
    "<font size=3>",
    "</font>",
    "<section>",
    "</section>",
    "<?x?>",
    "<!doctype html>",
    "</br>",
    "<button>",
    "</button>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<blockquote>",
    "</blockquote>",
    "<em>",
    "</em>",
    "<pre>",
    "</pre>",
    "</nosuch>",
    "<nosuch>",
];

#[test]
fn text_of_random_pages_is_that_of_the_standards_tree() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..4000 {
        let mut source = String::from("<body>");
        for _ in 0..24 {
            // xorshift64
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            source.push_str(TOKENS[(state >> 8) as usize % TOKENS.len()]);
        }
        let (ours, standard) = (ours(&source), standard(&source));
        assert_eq!(ours, standard, "{source}");
    }
}

#[test]
fn text_is_that_of_the_standards_tree() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in [files("tests/pages", "html"), files("tests/hostile", "html")].concat() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let source = read(&file);
        let (ours, standard) = (ours(&source), standard(&source));
        let excepted = EXCEPTIONS.iter().any(|(file, _)| *file == name);
        count += 1;
        if excepted != (ours != standard) {
            wrong.push(format!(
                "{name}: {}",
                if excepted { "no longer differs".into() } else { parting(&ours, &standard) }
            ));
        }
    }
    assert!(count > 100, "{count} pages");
    assert!(wrong.is_empty(), "{} of {count} differ\n{}", wrong.len(), wrong.join("\n"));
}
