//! Elements and their names → which blocks are page chrome; font sizes → which blocks are headings.
//!
//! Some elements hold chrome wherever they stand. Others only look like it by tag or name (`<form>`, `class="menu"`): they
//! are judged at the end, by what they hold, as whole pages stand in forms and sections of a policy are named "cookie".

use super::super::{Block, Kind};
use crate::numbering;
use crate::text::{Text, is_blank};

/// Elements that hold chrome wherever they stand.
const ALWAYS: &[&str] =
    &["iframe", "nav", "noembed", "noframes", "noscript", "option", "select", "template", "textarea", "title"];
/// Elements that hold chrome, unless it is most of the page.
const MOSTLY: &[&str] = &["aside", "button", "dialog", "footer", "form", "header"];
/// Words in a class, an id or a role that tell chrome.
const NAMES: &[&str] = &[
    "backtop",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "contentinfo",
    "cookie",
    "copyright",
    "crumb",
    "crumbs",
    "dialog",
    "feedback",
    "foot",
    "footer",
    "menu",
    "modal",
    "more",
    "nav",
    "navbar",
    "navigation",
    "pager",
    "pagination",
    "popup",
    "recommend",
    "related",
    "respond",
    "search",
    "share",
    "sidebar",
    "sider",
    "toast",
    "toolbar",
    "topbar",
    "widget",
];
/// Elements that are the text itself, whatever they are called.
const CONTENT: &[&str] = &[
    "article", "body", "h1", "h2", "h3", "h4", "h5", "h6", "html", "main", "table", "tbody", "td", "th", "thead", "tr",
];

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
pub(super) fn chrome(
    name: &str,
    block: bool,
    attributes: impl Iterator<Item = String>,
    in_article: bool,
    in_heading: bool,
) -> Chrome {
    if ALWAYS.contains(&name) {
        return Chrome::Always;
    }
    // A heading that opens an accordion is a button.
    if name == "button" && in_heading {
        return Chrome::No;
    }
    if MOSTLY.contains(&name) && !(in_article && matches!(name, "header" | "footer" | "aside")) {
        return Chrome::Tag;
    }
    if !block || CONTENT.contains(&name) {
        return Chrome::No;
    }
    let named = attributes.into_iter().any(|value| {
        let words = value.split(|c: char| !c.is_ascii_alphanumeric());
        words.map(|w| w.trim_end_matches(|c: char| c.is_ascii_digit())).any(|w| {
            NAMES.contains(&w)
                || w.len() > 6 && NAMES.iter().any(|n| n.len() > 5 && (w.starts_with(n) || w.ends_with(n)))
        })
    });
    if named { Chrome::Name } else { Chrome::No }
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
    if suspects.is_empty() {
        return;
    }
    // Running sums: characters of sentences, sentences, and numbered headings before each block.
    let mut sums = vec![(0usize, 0usize, 0usize)];
    for block in blocks.iter() {
        let line = text.slice(block.span);
        let ends = line.matches(['\u{3002}', '\u{ff1b}']).count();
        let (mut length, mut sentences, mut headings) = sums.last().copied().unwrap_or_default();
        if block.kind != Kind::Noise && ends > 0 {
            length += line.chars().count();
            sentences += ends;
        }
        headings += usize::from(matches!(block.kind, Kind::Heading(_)) && numbering::parse(line).is_some());
        sums.push((length, sentences, headings));
    }
    let at = |i: usize| sums.get(i).copied().unwrap_or_default();
    let all = sums.last().map_or(0, |s| s.0);
    let mut covered = vec![0i32; blocks.len() + 1];
    for suspect in suspects {
        let (before, after) = (at(suspect.from), at(suspect.to));
        let most = (after.0 - before.0) * 2 > all;
        let text = suspect.by_name && (after.1 - before.1 > 3 || after.2 > before.2);
        if !most && !text && suspect.from < suspect.to {
            if let Some(n) = covered.get_mut(suspect.from) {
                *n += 1;
            }
            if let Some(n) = covered.get_mut(suspect.to) {
                *n -= 1;
            }
        }
    }
    let mut depth = 0;
    for (block, change) in blocks.iter_mut().zip(covered) {
        depth += change;
        if depth > 0 && !matches!(block.kind, Kind::Head(_) | Kind::Row(..)) {
            block.kind = Kind::Noise;
        }
    }
}

/// Makes headings of short lines that are set larger than most of the text: the larger, the further out.
pub(super) fn by_size(sizes: &[(usize, f32)], text: &Text, blocks: &mut [Block]) {
    let tagged = blocks.iter().filter(|b| matches!(b.kind, Kind::Heading(n) if n > 1)).count();
    if tagged > 1 {
        return;
    }
    let mut size_of = vec![0f32; blocks.len()];
    for (i, size) in sizes {
        if let Some(slot) = size_of.get_mut(*i) {
            *slot = *size;
        }
    }
    let length = |b: &Block| text.slice(b.span).chars().filter(|c| !is_blank(*c)).count();
    let mut weights: Vec<(f32, usize)> = Vec::new();
    for (block, size) in blocks.iter().zip(&size_of).filter(|(b, s)| b.kind == Kind::Paragraph && **s > 0.0) {
        match weights.iter().position(|w| (w.0 - size).abs() < 0.05) {
            Some(i) => {
                if let Some(w) = weights.get_mut(i) {
                    w.1 += length(block);
                }
            }
            None if weights.len() < 40 => weights.push((*size, length(block))),
            None => {}
        }
    }
    let Some(body) = weights.iter().max_by_key(|w| w.1).map(|w| w.0) else { return };
    let mut ranks: Vec<f32> = weights.iter().map(|w| w.0).filter(|s| *s > body * 1.08).collect();
    ranks.sort_by(|a, b| b.total_cmp(a));
    for (block, size) in blocks.iter_mut().zip(&size_of) {
        let line = text.slice(block.span);
        if block.kind == Kind::Paragraph
            && length(block) <= 60
            && !line.contains(['\u{3002}', '\u{ff1b}'])
            && let Some(rank) = ranks.iter().position(|r| (r - size).abs() < 0.05)
        {
            block.kind = Kind::Heading(rank.min(5) as u8 + 1);
        }
    }
}
