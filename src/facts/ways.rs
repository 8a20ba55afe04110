//! A clause → the ways that it prints to do something: a path through menus, an address, or "through …".

use crate::lexicon::{Reading, group};
use crate::text::{
    count, first, has, is_blank, is_closing, is_comma, is_ideograph, is_terminal, part, trim, trim_end, trim_start,
};

/// A way, as bytes of the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub start: usize,
    pub end: usize,
    /// A path of labels, or an address; else words ("through our service").
    pub exact: bool,
}

/// Characters of a label that is printed without quotes.
const LABEL: usize = 12;
/// Characters between two quoted labels of one path: "tap … and choose".
const GAP: usize = 10;
/// Characters of a quoted label, or of a path in one pair of quotes.
const QUOTED: usize = 40;

/// Wordy ways that are looked at in a clause.
const MOST: usize = 8;

/// The ways of a clause, in order, the exact ones first where both stand.
pub(super) fn ways(text: &str) -> Vec<Way> {
    let mut found = quoted(text);
    if found.is_empty() {
        found.extend(chained(text));
    }
    found.extend(addresses(text));
    found.sort_unstable_by_key(|way| way.start);
    let reading = Reading::only(text, [group!("way.by"), group!("way.means")]);
    for hit in reading.of(group!("way.by")).iter().take(MOST) {
        let (_, end) = reading.stretch(hit.start());
        let end = hit.start() + trim_end(part(text, hit.start(), end), |c| is_blank(c) || is_closing(c)).len();
        let words = part(text, hit.end(), end);
        // 'Not through …'.
        let near = Reading::only(super::tail(part(text, 0, hit.start()), 4), [group!("grant.not")]);
        let denied = near.of(group!("grant.not")).iter().any(|not| not.end() == near.text.len());
        if denied {
            continue;
        }
        if count(words) >= 2 && found.iter().all(|way| way.end <= hit.start() || way.start >= end) {
            let means =
                reading.within(group!("way.means"), hit.end(), end).last().map_or(end, crate::lexicon::Hit::end);
            found.push(Way { start: hit.start(), end: means, exact: false });
        }
    }
    found
}

/// Paths of quoted labels, each with what joins them.
fn quoted(text: &str) -> Vec<Way> {
    let mut found: Vec<Way> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let open = at;
        at += c.len_utf8();
        let Some(close) = partner(c) else { continue };
        let inside = super::head(part(text, at, text.len()), QUOTED);
        let Some(length) = inside.find(close).filter(|length| *length > 0) else { continue };
        let label = part(inside, 0, length);
        at += length + close.len_utf8();
        // Quotes around a name for something are no labels.
        let before = part(text, 0, open);
        let joined = found.last().is_some_and(|way| {
            let between = part(text, way.end, open);
            count(between) <= GAP
                && !has(between, is_terminal)
                && (is_joint(between) || Reading::only(between, [group!("way.step")]).has(group!("way.step")))
        });
        let taken = Reading::only(super::tail(before, 6), [group!("way.at")]);
        let taken =
            taken.of(group!("way.at")).iter().any(|hit| trim(part(taken.text, hit.end(), taken.text.len())).is_empty());
        let placed = Reading::only(super::head(part(text, at, text.len()), 6), [group!("way.place")]);
        let placed = placed.of(group!("way.place")).iter().any(|hit| hit.start() == 0);
        let path = count_joints(label) > 0;
        if joined {
            if let Some(way) = found.last_mut() {
                way.end = at;
            }
        } else if path || taken || placed {
            found.push(Way { start: open, end: at, exact: true });
        }
    }
    found
}

/// What closes a quotation mark around a label.
fn partner(c: char) -> Option<char> {
    match c {
        '\u{201c}' => Some('\u{201d}'),
        '\u{300c}' => Some('\u{300d}'),
        '\u{3010}' => Some('\u{3011}'),
        '\u{2018}' => Some('\u{2019}'),
        '[' => Some(']'),
        '"' => Some('"'),
        _ => None,
    }
}

/// Whether nothing but the joint of a path stands there.
fn is_joint(between: &str) -> bool {
    let bare = trim(between);
    !bare.is_empty() && bare.chars().all(is_arrow) || bare.is_empty()
}

/// What joins the labels of a path.
fn is_arrow(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2192}' | '>' | '\u{ff1e}' | '\u{ff0d}' | '/' | '\u{300b}' | '~')
}

/// Joints in a label: arrows with a word on either side.
fn count_joints(label: &str) -> usize {
    label.split(is_arrow).filter(|part| !trim(part).is_empty()).count().saturating_sub(1)
}

/// A path of labels without quotes: two joints or more in one stretch.
fn chained(text: &str) -> Option<Way> {
    let is_edge = |c: char| {
        is_terminal(c) || is_comma(c) || is_closing(c) && c != '\u{300b}' || matches!(c, '(' | '\u{ff08}' | '|')
    };
    let mut start = 0;
    for piece in text.split_inclusive(is_edge) {
        let bare = trim_end(piece, |c| is_blank(c) || is_closing(c) || matches!(c, '(' | '\u{ff08}' | '|'));
        let labels: Vec<&str> = bare.split(is_arrow).map(trim).filter(|l| !l.is_empty()).collect();
        let short = |label: &&str| count(label) <= LABEL && has(label, is_ideograph);
        if labels.len() >= 3 && labels.iter().skip(1).take(labels.len() - 2).all(short) && !bare.contains("//") {
            // The first label is what a verb or "in" leaves of it.
            let head = labels.first().copied().unwrap_or("");
            let own = Reading::only(head, [group!("way.at")]);
            let cut = own
                .of(group!("way.at"))
                .iter()
                .map(crate::lexicon::Hit::end)
                .filter(|e| *e < head.len())
                .max()
                .unwrap_or(0);
            let first_label = part(head, cut, head.len());
            let from = bare.find(first_label).unwrap_or(0);
            if count(first_label) <= LABEL {
                return Some(Way { start: start + from, end: start + bare.len(), exact: true });
            }
        }
        start += piece.len();
    }
    None
}

/// E-mail and web addresses.
fn addresses(text: &str) -> impl Iterator<Item = Way> + '_ {
    let mails = super::contacts::emails(text);
    let links = super::contacts::links(text);
    mails.chain(links).map(|found| {
        let start = found.as_ptr() as usize - text.as_ptr() as usize;
        Way { start, end: start + found.len(), exact: true }
    })
}

/// A clause without the number before it, for quoting.
pub(super) fn bare(text: &str) -> &str {
    let start = crate::numbering::parse(text).map_or(0, |mark| mark.end);
    trim_start(part(text, start, text.len()), |c| is_blank(c) || first("\u{ff1a}") == c)
}
