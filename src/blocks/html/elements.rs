//! The names of elements → how a text treats them, and how much of a source is HTML.
//!
//! Only what parts or hides text is told apart (WHATWG HTML, 4 and 13.1.2); words in angle brackets that are no element are text.

use super::tags::name;
use crate::text::{is_word, part, trim};

/// Elements that end a paragraph before and after.
pub(super) const BLOCKS: &str = "address article aside blockquote body button caption center dd details dialog div dl dt fieldset \
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li \
    main menu nav noembed noframes noscript object ol optgroup option p pre section select summary table \
    tbody td template textarea tfoot th thead title tr ul view xmp";
/// Elements whose content is no text at all.
pub(super) const SILENT: &str = "script style";
/// Elements whose content is characters up to their end tag.
pub(super) const RAW: &str = "iframe noembed noframes script style textarea title xmp";
/// Elements whose lines are lines.
pub(super) const KEPT: &str = "pre textarea xmp";
/// Elements of running text, beside those above.
const INLINE: &str = "a abbr acronym audio b bdi bdo big canvas cite code data datalist del dfn em font i ins kbd label \
    map mark marquee math meter nobr output picture progress q rp rt ruby s samp slot small span strike \
    strong sub sup svg time tt u var video";
/// Elements without content.
pub(super) const VOID: &str = "area base br col embed hr img input link meta param source track wbr";
/// Tags that the standard lets authors leave open: what starts, what that ends, and up to where.
pub(super) const IMPLIED: [(&str, &str, &str); 9] = [
    ("li", "li", "ul ol menu"),
    ("p h1 h2 h3 h4 h5 h6", "p", "div td th li section article body"),
    ("dt dd", "dt", "dl"),
    ("dt dd", "dd", "dl"),
    ("tr", "tr", "table"),
    ("td th", "td", "tr table"),
    ("td th", "th", "tr table"),
    ("option", "option", "select"),
    ("a", "a", "td th object template"),
];

/// How many tags a source holds that only HTML has.
#[must_use]
pub fn tags(source: &str) -> usize {
    let mut count = 0;
    for part in source.split('<').skip(1) {
        let name = name(part.strip_prefix('/').unwrap_or(part));
        count += usize::from((is_word("br span strong b a", &name) || is_word(BLOCKS, &name)) && !says_words(part));
    }
    count
}

/// Whether a source has elements that only a whole page has.
#[must_use]
pub fn is_page(source: &str) -> bool {
    source.split('<').skip(1).any(|part| is_word("body head html script style", &name(part)))
}

/// Whether a page has lines of text, and next to no elements that part them: text that was put between `<body>` and
/// `</body>` as it was.
#[must_use]
pub fn is_lines(source: &str) -> bool {
    const FRAME: &str = "body head html noscript title";
    let (mut parts, mut lines) = (0, 0);
    for part in source.split('<').skip(1) {
        let name = name(part.strip_prefix('/').unwrap_or(part));
        parts += usize::from(name == "br" || is_word(BLOCKS, &name) && !is_word(FRAME, &name));
        if !is_word(SILENT, &name) {
            let text = part.split_once('>').map_or(part, |p| p.1);
            lines += text.lines().filter(|l| !trim(l).is_empty()).count();
        }
    }
    lines >= 6 && parts * 4 < lines
}

/// Whether a tag in running text ends the line.
#[must_use]
pub fn breaks(tag: &str) -> bool {
    let name = name(tag.trim_start_matches(['<', '/']));
    name == "br" || is_word(BLOCKS, &name)
}

/// Whether a tag in running text switches bold on or off.
#[must_use]
pub fn bold(tag: &str) -> Option<bool> {
    let name = name(tag.trim_start_matches(['<', '/']));
    matches!(name.as_str(), "b" | "strong").then(|| !tag.starts_with("</"))
}

/// Whether HTML has an element for a tag: text may hold words in angle brackets.
#[must_use]
pub fn is_element(tag: &str) -> bool {
    let own = name(tag.trim_start_matches(['<', '/']));
    !says_words(tag) && [BLOCKS, INLINE, RAW, VOID].iter().any(|list| is_word(list, &own))
}

/// Whether an element is an author's own, and by its name no part of running text.
pub(super) fn is_own_block(name: &str) -> bool {
    name.contains('-') && !name.split('-').any(|word| is_word("icon image link span text", word))
}

/// Whether what looks like a tag holds words that are no attributes: `<section break>`.
fn says_words(tag: &str) -> bool {
    const FLAGS: &str = "allowfullscreen async autofocus autoplay border checked compact controls default defer disabled \
        hidden inert ismap itemscope loop multiple muted nohref noresize noshade novalidate nowrap open playsinline \
        readonly required reversed selected";
    let inner = tag.trim_start_matches(['<', '/']);
    let inner = part(inner, 0, inner.find(['>', '=']).unwrap_or(inner.len()));
    let mut words = inner.split_whitespace().skip(1);
    tag.len() > inner.len()
        && !part(tag, 0, tag.find('>').unwrap_or(tag.len())).contains('=')
        && words
            .any(|word| word.bytes().all(|b| b.is_ascii_alphabetic()) && !is_word(FLAGS, &word.to_ascii_lowercase()))
}
