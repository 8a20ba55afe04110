//! Elements and their names → which blocks are page chrome.
//!
//! Some elements hold chrome wherever they stand. Others only look like it by tag or name (`<form>`, `class="menu"`): they
//! are judged at the end, by what they hold, as whole pages stand in forms and sections of a policy are named "cookie".

use super::super::{Block, Kind, is_title};
use super::tags::attribute;
use crate::numbering;
use crate::text::{Text, count, is_word, stops, trim_end};

/// Elements that hold chrome wherever they stand.
const ALWAYS: &str = "nav option select title";
/// Elements whose content is not shown, or not as text: where nothing else of the page speaks, it is the text (a component's
/// `<template>`, an agreement in a `<textarea>`, a page for readers without scripts).
const SHUT: &str = "iframe noembed noframes noscript template textarea";
/// Elements that hold chrome, unless it is most of the page.
const MOSTLY: &str = "aside button dialog footer form header";
/// Words in a class, an id or a role that tell chrome.
const NAMES: &str = "actions backtop banner breadcrumb breadcrumbs comment comments contentinfo cookie copyright crumb crumbs \
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
    /// Its content is not shown.
    Shut,
}

/// Judges an element by its tag, its `class`, `id` and `role`, and whether an article or a heading is open around it.
pub(super) fn chrome(name: &str, tag: &str, block: bool, in_article: bool, in_heading: bool) -> Chrome {
    if is_word(ALWAYS, name) {
        return Chrome::Always;
    }
    if is_word(SHUT, name) {
        return Chrome::Shut;
    }
    // A button that opens what is folded below it is its heading.
    let opens = || ["aria-expanded", "aria-controls"].iter().any(|key| attribute(tag, key).is_some());
    if name == "button" && (in_heading || opens()) {
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
    pub how: Chrome,
    pub from: usize,
    pub to: usize,
}

/// What stands before a block.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Characters of lines with sentences.
    length: usize,
    sentences: usize,
    /// Numbered headings.
    headings: usize,
}

/// Turns the blocks of suspects into noise where they are not the page's text.
pub(super) fn settle(suspects: &[Suspect], text: &Text, blocks: &mut [Block]) {
    let sums = sums(text, blocks);
    let all = sums.last().map_or(0, |s| s.length);
    let shut = |s: &&Suspect| s.how == Chrome::Shut;
    let (mut within, mut reached) = (0, 0);
    for suspect in suspects.iter().filter(shut) {
        // Of one in another only the outer one counts.
        if let (Some(before), Some(after)) = (sums.get(suspect.from.max(reached)), sums.get(suspect.to)) {
            within += after.length.saturating_sub(before.length);
            reached = reached.max(suspect.to);
        }
    }
    let speaks = within * 5 >= all * 4;
    let mut changes = vec![0isize; blocks.len() + 1];
    for suspect in suspects {
        let (Some(before), Some(after)) = (sums.get(suspect.from), sums.get(suspect.to)) else { continue };
        let kept = match suspect.how {
            Chrome::Shut => speaks,
            Chrome::Name if after.sentences - before.sentences > 3 || after.headings > before.headings => true,
            _ => (after.length - before.length) * 2 > all,
        };
        if !kept && suspect.from < suspect.to {
            for (at, change) in [(suspect.from, 1), (suspect.to, -1)] {
                if let Some(n) = changes.get_mut(at) {
                    *n += change;
                }
            }
        }
    }
    clear(&changes, text, blocks);
}

/// What stands before each block, and before the end.
fn sums(text: &Text, blocks: &[Block]) -> Vec<Sum> {
    let mut sums = Vec::with_capacity(blocks.len() + 1);
    let mut sum = Sum::default();
    for block in blocks {
        sums.push(sum);
        let line = text.slice(block.span);
        let ends = stops(line);
        if block.kind != Kind::Noise && ends > 0 {
            sum.length += count(line);
            sum.sentences += ends;
        }
        sum.headings += usize::from(matches!(block.kind, Kind::Heading(_)) && numbering::parse(line).is_some());
    }
    sums.push(sum);
    sums
}

/// Makes noise of the blocks between the changes; the policy's title stays where no other heading is one.
fn clear(changes: &[isize], text: &Text, blocks: &mut [Block]) {
    let titled = |block: &Block| matches!(block.kind, Kind::Heading(1 | 2)) && is_title(text.slice(block.span));
    let mut depth = 0;
    let (mut inside, mut outside) = (None, false);
    for (i, (block, change)) in blocks.iter_mut().zip(changes).enumerate() {
        depth += change;
        if depth > 0 && titled(block) {
            inside = inside.or(Some(i));
        } else if depth > 0 && !matches!(block.kind, Kind::Head(_) | Kind::Row(..)) {
            block.kind = Kind::Noise;
        } else {
            outside |= titled(block);
        }
    }
    depth = 0;
    for (i, (block, change)) in blocks.iter_mut().zip(changes).enumerate() {
        depth += change;
        if depth > 0 && titled(block) && (outside || inside != Some(i)) {
            block.kind = Kind::Noise;
        }
    }
}
