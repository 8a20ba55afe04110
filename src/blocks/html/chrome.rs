//! Elements and their names → which blocks are page chrome; font sizes → which blocks are headings.
//!
//! Some elements hold chrome wherever they stand. Others only look like it by tag or name (`<form>`, `class="menu"`): they
//! are judged at the end, by what they hold, as whole pages stand in forms and sections of a policy are named "cookie".

use super::super::{Block, Kind};
use super::tags::attribute;
use crate::numbering;
use crate::text::{Text, count, has, is_word, size, trim_end};

/// Elements that hold chrome wherever they stand.
const ALWAYS: &str = "iframe nav noembed noframes noscript option select template textarea title";
/// Elements that hold chrome, unless it is most of the page.
const MOSTLY: &str = "aside button dialog footer form header";
/// Words in a class, an id or a role that tell chrome.
const NAMES: &str = "backtop banner breadcrumb breadcrumbs comment comments contentinfo cookie copyright crumb crumbs \
    dialog feedback foot footer menu modal more nav navbar navigation pager pagination popup recommend \
    related respond search share sidebar sider toast toolbar topbar widget";
/// Elements that are the text itself, whatever they are called.
const CONTENT: &str = "article body h1 h2 h3 h4 h5 h6 html main table tbody td th thead tr";

/// How an element speaks for chrome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chrome {
    No,
    /// Wherever it stands.
    Always,
    /// By its tag.
    Tag,
    /// By its class, id or role.
    Name,
}

/// Judges an element by its tag, its `class`, `id` and `role`, and whether an article or a heading is open around it.
pub(super) fn chrome(name: &str, tag: &str, block: bool, in_article: bool, in_heading: bool) -> Chrome {
    if is_word(ALWAYS, name) {
        return Chrome::Always;
    }
    // A heading that opens an accordion is a button.
    if name == "button" && in_heading {
        return Chrome::No;
    }
    if is_word(MOSTLY, name) && !(in_article && matches!(name, "header" | "footer" | "aside")) {
        return Chrome::Tag;
    }
    if !block || is_word(CONTENT, name) {
        return Chrome::No;
    }
    for key in ["class", "id", "role"] {
        let Some((value, _)) = attribute(tag, key) else { continue };
        let value = value.to_ascii_lowercase();
        for word in value.split(|c: char| !c.is_ascii_alphanumeric()) {
            let word = trim_end(word, |c| c.is_ascii_digit());
            for name in NAMES.split(' ') {
                let part = word.len() > 6 && name.len() > 5 && (word.starts_with(name) || word.ends_with(name));
                if part || word == name {
                    return Chrome::Name;
                }
            }
        }
    }
    Chrome::No
}

/// An element that looks like chrome, with the blocks in it.
#[derive(Debug)]
pub(super) struct Suspect {
    pub by_name: bool,
    pub from: usize,
    pub to: usize,
}

/// Turns the blocks of suspects into noise where they are not the page's text.
pub(super) fn settle(suspects: &[Suspect], text: &Text, blocks: &mut [Block]) {
    // Running sums: characters of sentences, sentences, and numbered headings before each block.
    let mut sums = Vec::with_capacity(blocks.len() + 1);
    let (mut length, mut sentences, mut headings) = (0usize, 0usize, 0usize);
    let mut changes = Vec::with_capacity(blocks.len() + 1);
    for block in blocks.iter() {
        sums.push((length, sentences, headings));
        changes.push(0isize);
        let line = text.slice(block.span);
        let ends = crate::text::count_of(line, |c| matches!(c, '\u{3002}' | '\u{ff1b}'));
        if block.kind != Kind::Noise && ends > 0 {
            length += count(line);
            sentences += ends;
        }
        headings += usize::from(matches!(block.kind, Kind::Heading(_)) && numbering::parse(line).is_some());
    }
    sums.push((length, sentences, headings));
    for suspect in suspects {
        let (Some(before), Some(after)) = (sums.get(suspect.from), sums.get(suspect.to)) else { continue };
        let most = (after.0 - before.0) * 2 > length;
        let text = suspect.by_name && (after.1 - before.1 > 3 || after.2 > before.2);
        if !most && !text && suspect.from < suspect.to {
            for (at, change) in [(suspect.from, 1), (suspect.to, -1)] {
                if let Some(n) = changes.get_mut(at) {
                    *n += change;
                }
            }
        }
    }
    let mut depth = 0;
    for (block, change) in blocks.iter_mut().zip(changes) {
        depth += change;
        if depth > 0 && !matches!(block.kind, Kind::Head(_) | Kind::Row(..)) {
            block.kind = Kind::Noise;
        }
    }
}

/// Makes headings of short lines that are set larger than most of the text: the larger, the further out. `sizes` are blocks
/// with the size of their first character, in order.
pub(super) fn by_size(sizes: &[(usize, usize)], text: &Text, blocks: &mut [Block]) {
    /// Hundredths of a pixel that are no difference.
    const SAME: usize = 5;
    /// More sizes than a page has.
    const MOST: usize = 40;
    // Each size with its number of characters.
    let mut weights: Vec<(usize, usize)> = Vec::new();
    let mut tagged = 0;
    for block in blocks.iter() {
        tagged += usize::from(matches!(block.kind, Kind::Heading(n) if n > 1));
    }
    if tagged > 1 {
        return;
    }
    // Of several sizes of a block the last one is its own.
    let last = |n: usize| sizes.get(n).filter(|s| sizes.get(n + 1).is_none_or(|next| next.0 != s.0));
    for n in 0..sizes.len() {
        let Some((i, own)) = last(n) else { continue };
        let Some(block) = blocks.get(*i).filter(|b| b.kind == Kind::Paragraph) else { continue };
        let length = size(text.slice(block.span));
        let known = weights.iter().position(|w| w.0.abs_diff(*own) < SAME);
        if let Some(weight) = known.and_then(|k| weights.get_mut(k)) {
            weight.1 += length;
        } else if weights.len() < MOST {
            weights.push((*own, length));
        }
    }
    let (mut body, mut most) = (0, 0);
    for (own, length) in &weights {
        if *length >= most {
            (body, most) = (*own, *length);
        }
    }
    for n in 0..sizes.len() {
        let Some((i, own)) = last(n) else { continue };
        let Some(block) = blocks.get_mut(*i) else { continue };
        let line = text.slice(block.span);
        let known = weights.iter().any(|w| w.0.abs_diff(*own) < SAME && w.0 * 100 > body * 108);
        if block.kind == Kind::Paragraph
            && known
            && size(line) <= 60
            && !has(line, |c| matches!(c, '\u{3002}' | '\u{ff1b}'))
        {
            let mut level = 1;
            for (larger, _) in &weights {
                level += u8::from(*larger >= own + SAME && level < 6);
            }
            block.kind = Kind::Heading(level);
        }
    }
}
