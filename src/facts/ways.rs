//! A clause → the ways that it prints to do something: a path through menus, an address, or "through …".

use crate::lexicon::{Hit, Reading, group, keys, set, terms};
use crate::text::{
    count, first, has, is_blank, is_closing, is_comma, is_ideograph, is_opening, is_terminal, last, part, trim,
    trim_end, trim_start,
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
const GAP: usize = 16;
/// The same, where no comma parts them.
const CLOSE: usize = 10;
/// Characters of a quoted label, or of a path in one pair of quotes.
const QUOTED: usize = 40;

/// Wordy ways that are looked at in a clause.
const MOST: usize = 8;

/// The ways of a clause, in order, the exact ones first where both stand.
pub(super) fn ways(text: &str) -> Vec<Way> {
    let mut found = quoted(text);
    // A whole path says more than a label that is quoted for something else.
    if found.iter().all(|way| count_joints(part(text, way.start, way.end)) == 0)
        && let Some(chain) = chained(text)
    {
        found = vec![chain];
    }
    found.extend(addresses(text));
    found.sort_unstable_by_key(|way| way.start);
    let reading = Reading::only(text, [group!("way.by"), group!("way.means"), group!("way.spot")]);
    for hit in reading.of(group!("way.by")).iter().take(MOST) {
        let (_, end) = reading.stretch(hit.start());
        let end = hit.start() + trim_end(part(text, hit.start(), end), |c| is_blank(c) || is_closing(c)).len();
        let Some(end) = before_deed(text, hit.end(), end) else { continue };
        let words = part(text, hit.end(), end);
        // 'Not through …', 'will be done according to …', 'the account that was used to sign in'.
        let near =
            Reading::only(super::tail(part(text, 0, hit.start()), 4), [group!("grant.not"), group!("way.never")]);
        let ends = |group| near.of(group).iter().any(|word| word.end() == near.text.len());
        let after = Reading::only(super::head(words, 2), [group!("way.not")]);
        let state = after.of(group!("way.not")).first().is_some_and(|hit| hit.start() == 0);
        let nowhere = Reading::only(words, [group!("way.law"), group!("way.single")]);
        let law = nowhere.has(group!("way.law")) || nowhere.has(group!("way.single"));
        if ends(group!("grant.not")) || ends(group!("way.never")) || state || law {
            continue;
        }
        if count(words) >= 2 && found.iter().all(|way| way.end <= hit.start() || way.start >= end) {
            let means = reading.within(group!("way.means"), hit.end(), end).last().map_or(end, Hit::end);
            let end = closed(text, hit.start(), numbered(text, means));
            found.push(Way { start: hit.start(), end, exact: false });
        }
    }
    for place in spots(&reading) {
        if found.iter().all(|way| way.end <= place.start || way.start >= place.end) {
            found.push(place);
        }
    }
    found
}

/// Where the words for a way end before what is done there: "by logging in (go on to …)". What has been done, or the time
/// when it is, is no way at all.
fn before_deed(text: &str, from: usize, end: usize) -> Option<usize> {
    let words = Reading::only(part(text, from, end), [group!("way.then"), group!("way.when")]);
    let then = words.of(group!("way.then")).iter().map(Hit::start).find(|at| count(part(words.text, 0, *at)) >= 2);
    // "By deleting … and setting … as ways": what closes with a word for a means is whole.
    let means = Reading::only(words.text, [group!("way.means")]);
    let means = means.of(group!("way.means")).last().map_or(0, Hit::start);
    let end = then.filter(|then| *then >= means).unwrap_or(words.text.len());
    let or = set!("way.or", "or");
    let end = part(words.text, 0, end).trim_end_matches(|c| or.contains(c)).len();
    let when = words.of(group!("way.when")).first().is_some_and(|when| when.start() < end);
    (!when).then_some(from + end)
}

/// Places that are named without quotes: "on the account page", "at a counter".
fn spots<'t>(reading: &'t Reading<'t>) -> impl Iterator<Item = Way> + 't {
    let text = reading.text;
    reading.of(group!("way.spot")).iter().take(MOST).filter_map(move |spot| {
        let (from, _) = reading.stretch(spot.start());
        let at = set!("way.spot", "at");
        let before = super::tail(part(text, from, spot.start()), SPOT);
        let at = before.rfind(|c| at.contains(c))?;
        let start = spot.start() - before.len() + at;
        // "On the page" is any page.
        if count(part(text, start, spot.end())) < NAMED_SPOT {
            return None;
        }
        let behind = super::head(part(text, spot.end(), text.len()), 4);
        let groups = [group!("way.inside"), group!("way.then"), group!("way.when")];
        let words = Reading::only(behind, keys!("right.").map(|right| right.1).chain(groups));
        let inside = words.of(group!("way.inside")).first().filter(|hit| hit.start() == 0).map_or(0, Hit::end);
        let follows = |group| words.of(group).iter().any(|hit| hit.start() == inside);
        let told = inside > 0 || follows(group!("way.then")) || keys!("right.").any(|right| follows(right.1));
        // "In the settings" are the settings; "to a counter" is what one does.
        let stays = set!("way.spot", "in").contains(first(part(text, start, spot.end())));
        let start = if stays { start + first(part(text, start, spot.end())).len_utf8() } else { start };
        let page = if count(part(behind, 0, inside)) > 1 { inside } else { 0 };
        (told && !follows(group!("way.when"))).then_some(Way { start, end: spot.end() + page, exact: false })
    })
}

/// Characters of "on" and a place that is told apart from others, at the least.
const NAMED_SPOT: usize = 4;
/// Characters from "on" to the name of a place.
const SPOT: usize = 16;

/// Ways of which the next is another way to the same end ("…, or …") are one.
pub(super) fn joined(text: &str, found: Vec<Way>) -> Vec<Way> {
    let mut out: Vec<Way> = Vec::new();
    for way in found {
        let last = out.last_mut().filter(|last| {
            let between = trim_start(part(text, last.end, way.start), |c| is_blank(c) || is_comma(c));
            let either = Reading::only(between, [group!("way.or")]);
            let points = Reading::only(part(text, way.start, way.end), [group!("lead")]).has(group!("lead"));
            way.start >= last.end
                && !points
                && count(between) <= EITHER
                && !has(between, is_terminal)
                && either.of(group!("way.or")).first().is_some_and(|or| or.start() == 0)
        });
        match last {
            Some(last) => *last = Way { end: way.end, exact: last.exact || way.exact, ..*last },
            None => out.push(way),
        }
    }
    out
}

/// Characters between two ways of which either will do.
const EITHER: usize = 8;

/// Where a way ends: before a bracket that it opens and does not close.
fn closed(text: &str, start: usize, end: usize) -> usize {
    let words = part(text, start, end);
    let open = words.rfind(['(', '\u{ff08}']).filter(|at| !part(words, *at, words.len()).contains([')', '\u{ff09}']));
    start + trim_end(part(words, 0, open.unwrap_or(words.len())), is_blank).len()
}

/// Where the number ends that follows a place at once: "call our service 400 …".
fn numbered(text: &str, at: usize) -> usize {
    let rest = part(text, at, text.len());
    let number = trim_start(rest, |c| is_blank(c) || crate::text::is_colon(c) || matches!(c, '(' | '\u{ff08}'));
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '-' | '\u{2014}' | ' ');
    let length = number.find(|c| !digit(c)).unwrap_or(number.len());
    let length = part(number, 0, length).trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    if length < NUMBER {
        return at;
    }
    let end = text.len() - number.len() + length;
    // A bracket that was opened before it closes behind it.
    let closed = rest.len() > number.len() && matches!(first(part(text, end, text.len())), ')' | '\u{ff09}');
    end + if closed { first(part(text, end, text.len())).len_utf8() } else { 0 }
}

/// Bytes of a right's word that is part of a name.
const NAMED: usize = 6;

/// Digits of a telephone number, at the least.
const NUMBER: usize = 5;

/// A way in words that reaches over what it is for ends before it: behind the last word for a means, or right there. One
/// that says nothing but that is none.
pub(super) fn up_to(text: &str, way: Way, at: usize) -> Option<Way> {
    if way.exact || at <= way.start || at >= way.end || is_quoted(part(text, way.start, at)) {
        return Some(way);
    }
    // "Call the complaints line": the word is part of the place's name.
    let behind = Reading::only(part(text, at, way.end), [group!("way.means")]);
    if behind.of(group!("way.means")).first().is_some_and(|means| means.start() <= NAMED) {
        return Some(way);
    }
    let words = part(text, way.start, at);
    // "By looking up, correcting, …": what is done is no way to do it.
    if last(words) == '\u{3001}' {
        return None;
    }
    let groups = [group!("way.means"), group!("way.by"), group!("way.toward"), group!("company.self")];
    let reading = Reading::only(words, groups);
    let means = reading.of(group!("way.means")).last().map_or(words.len(), Hit::end);
    let mut end = words.len().min(means);
    while let Some(hit) = reading.of(group!("way.toward")).iter().find(|hit| hit.end() == end) {
        end = hit.start();
    }
    let by = reading.of(group!("way.by")).first().map_or(0, Hit::end);
    // Two characters are a way where they name a means, or us.
    let whole =
        [group!("way.means"), group!("company.self")].into_iter().any(|g| reading.of(g).iter().any(|h| h.end() == end));
    let least = if whole { 2 } else { 3 };
    (end > by && count(part(words, by, end)) >= least).then_some(Way { end: way.start + end, ..way })
}

/// Whether a quotation that is opened in a text goes on behind it.
fn is_quoted(text: &str) -> bool {
    let mut close = None;
    for c in text.chars() {
        match close {
            Some(partner) if c == partner => close = None,
            None => close = partner(c).or(if c == '\u{300a}' { Some('\u{300b}') } else { None }),
            _ => {}
        }
    }
    close.is_some()
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
            let near = if is_comma(first(between)) { GAP } else { CLOSE };
            count(between) <= near
                && !has(between, is_terminal)
                && (is_joint(between) || Reading::only(between, [group!("way.step")]).has(group!("way.step")))
        });
        let taken = Reading::only(super::tail(before, 6), [group!("way.at")]);
        let taken =
            taken.of(group!("way.at")).iter().any(|hit| trim(part(taken.text, hit.end(), taken.text.len())).is_empty());
        let placed = Reading::only(super::head(part(text, at, text.len()), 6), [group!("way.place")]);
        let placed = placed.of(group!("way.place")).iter().any(|hit| hit.start() == 0);
        // "Not interested" hides one thing; "in the way that “Your rights” lists" leads nowhere.
        if Reading::only(label, [group!("way.single")]).has(group!("way.single")) {
            continue;
        }
        let refers = Reading::only(super::head(part(text, at, text.len()), 8), [group!("way.refer")]);
        if refers.has(group!("way.refer")) {
            continue;
        }
        let path = count_joints(label) > 0;
        // A label that starts or ends with an arrow stands between two quotations; a chapter, what is typed and a list of what
        // can be done are no labels.
        let typed = Reading::only(super::tail(before, 2), [group!("way.typed")]).has(group!("way.typed"));
        let chapter = is_opening(first(label)) || crate::numbering::parse(label).is_some();
        // "(“Example”, “we”)".
        let selves = terms(group!("company.self")).contains(&label);
        if is_arrow(first(label)) || is_arrow(last(label)) || typed || chapter || selves || is_list(label) {
            continue;
        }
        let behind = trim_start(part(text, at, text.len()), is_blank);
        let led = is_arrow(first(behind)) && !set!("way.refer", "chapter").contains(last(super::head(behind, 2)));
        at = chain_end(text, at);
        if joined {
            if let Some(way) = found.last_mut() {
                way.end = at;
            }
        } else if path || taken || placed || led {
            found.push(Way { start: menu(text, open), end: at, exact: true });
        }
    }
    found
}

/// Where a path ends that goes on without quotes behind a quoted label: "“Example”, profile - account".
fn chain_end(text: &str, at: usize) -> usize {
    let rest = part(text, at, text.len());
    let piece = part(rest, 0, rest.find(|c| is_edge(c) || partner(c).is_some()).unwrap_or(rest.len()));
    let labels = labels(piece);
    let short = |label: &&str| count(label) <= LABEL;
    let either = Reading::only(piece, [group!("way.or")]);
    let either = either.of(group!("way.or")).first().is_some_and(|or| or.start() == 0);
    // "“Name”: to correct / to change it".
    let rights = |label: &&&str| {
        let words = Reading::only(label, keys!("right.").map(|right| right.1));
        keys!("right.").any(|right| words.has(right.1))
    };
    let either = either || piece.contains('/') && labels.iter().filter(rights).count() >= 2;
    if labels.len() < 2 || either || !labels.iter().rev().skip(1).all(short) {
        return at;
    }
    let last = labels.last().copied().unwrap_or("");
    let end = label_end(last);
    if end == 0 || count(part(last, 0, end)) > LABEL { at } else { at + piece.len() - last.len() + end }
}

/// Where the label ends that a text starts with, what is done there aside.
fn label_end(text: &str) -> usize {
    let words = Reading::only(text, [group!("way.end"), group!("way.toward")]);
    let end = words.of(group!("way.end")).iter().map(Hit::start).find(|at| *at > 0);
    // "Close account (apply to close yours)": what it is for goes on behind the label.
    let goes_on = |hit: &&Hit| hit.start() > 0 && hit.end() < text.len();
    let toward = words.of(group!("way.toward")).iter().find(goes_on).map(Hit::start);
    // "My name (change your name)".
    let rights = Reading::only(text, keys!("right.").map(|right| right.1).chain([group!("grant.reader")]));
    let owned =
        |hit: &&Hit| hit.start() > 0 && rights.of(group!("grant.reader")).iter().any(|r| r.start() == hit.end());
    let done = keys!("right.").filter_map(|right| rights.of(right.1).iter().find(owned)).map(Hit::start).min();
    let end = end.into_iter().chain(toward).chain(done).min();
    trim_end(part(text, 0, end.unwrap_or(text.len())), is_blank).len()
}

/// The labels of a path, empty ones too. A hyphen in a number joins none, nor does the bar of "and/or".
fn labels(path: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = '\0';
    for (at, c) in path.char_indices() {
        let end = at + c.len_utf8();
        let next = first(part(path, end, path.len()));
        let number = before.is_ascii_digit() && next.is_ascii_digit();
        let or = c == '/' && set!("way.or", "or").contains(next);
        if is_arrow(c) && !number && !or {
            out.push(part(path, start, at));
            start = end;
        }
        before = c;
    }
    out.push(part(path, start, path.len()));
    out
}

/// Where a path starts whose first label has no quotes: "settings, (tap) “Close”".
fn menu(text: &str, open: usize) -> usize {
    let before = part(text, 0, open);
    let near = super::tail(before, LABEL);
    let words = Reading::only(near, [group!("way.at"), group!("way.step"), group!("way.place")]);
    let mut end = near.len();
    while let Some(hit) = words.of(group!("way.step")).iter().find(|hit| hit.end() == end && hit.start() > 0) {
        end = hit.start();
    }
    let placed =
        words.of(group!("way.place")).iter().any(|hit| hit.end() >= end && hit.start() > 0 && hit.start() <= end);
    let starts = words.of(group!("way.at")).iter().map(Hit::end).filter(|at| *at < end);
    let edge = near.char_indices().rfind(|(_, c)| is_edge(*c)).map(|(at, c)| at + c.len_utf8());
    let start = starts.chain(edge).max();
    match start {
        Some(start) if placed && count(part(near, start, end)) >= 2 => before.len() - near.len() + start,
        _ => open,
    }
}

/// Ends of a stretch in which a path stands.
fn is_edge(c: char) -> bool {
    is_terminal(c) || is_comma(c) || is_closing(c) && c != '\u{300b}' || matches!(c, '(' | '\u{ff08}' | '|')
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

/// Whether a label is a path of several.
pub(super) fn is_path(label: &str) -> bool {
    count_joints(label) > 0
}

/// Whether a way is one label in quotes.
pub(super) fn is_label(way: &str) -> bool {
    let inside = trim_end(way.trim_start_matches(is_opening), is_closing);
    !is_path(way) && inside.len() < way.len() && !has(inside, |c| is_opening(c) || is_closing(c))
}

/// Whether the parts between slashes or commas are rights, or items: what can be done or looked at, not where.
fn is_list(path: &str) -> bool {
    let parts = path.split(['/', '\u{3001}']).filter(|part| {
        let words = Reading::only(part, keys!("right.").map(|right| right.1).chain(keys!("item.").map(|item| item.1)));
        let whole = |group| words.of(group).iter().any(|hit| hit.start() == 0 && hit.end() == part.len());
        keys!("right.").any(|right| whole(right.1)) || keys!("item.").any(|item| whole(item.1))
    });
    parts.take(2).count() == 2
}

/// Joints in a label: arrows with a word on either side.
fn count_joints(label: &str) -> usize {
    labels(label).into_iter().filter(|part| !trim(part).is_empty()).count().saturating_sub(1)
}

/// A path of labels without quotes: two joints or more in one stretch.
fn chained(text: &str) -> Option<Way> {
    let mut start = 0;
    for piece in text.split_inclusive(is_edge) {
        let bare = trim_end(piece, |c| is_blank(c) || is_closing(c) || matches!(c, '(' | '\u{ff08}' | '|'));
        let labels: Vec<&str> = labels(bare).into_iter().map(trim).filter(|l| !l.is_empty()).collect();
        let short = |label: &&str| count(label) <= LABEL && has(label, is_ideograph);
        let middle = labels.iter().skip(1).take(labels.len().saturating_sub(2));
        if labels.len() >= 3 && { middle }.all(short) && !bare.contains("//") && !is_list(bare) {
            // The first label is what a verb or "in" leaves of it.
            let head = labels.first().copied().unwrap_or("");
            let own = Reading::only(head, [group!("way.at")]);
            let cut = own.of(group!("way.at")).iter().map(Hit::end).filter(|e| *e < head.len()).max().unwrap_or(0);
            let first_label = part(head, cut, head.len());
            let from = bare.find(first_label).unwrap_or(0);
            let last = labels.last().copied().unwrap_or("");
            let end = label_end(last);
            if count(first_label) <= LABEL && end > 0 && count(part(last, 0, end)) <= LABEL {
                return Some(Way { start: start + from, end: start + bare.len() - last.len() + end, exact: true });
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

/// The label of a step that prints it without quotes: "tap settings".
pub(super) fn step(text: &str) -> Option<&str> {
    let text = trim_end(bare(text), |c| is_blank(c) || is_terminal(c) || is_comma(c));
    let words = Reading::only(text, [group!("way.step"), group!("way.means")]);
    let from = words.of(group!("way.step")).first().filter(|hit| hit.start() == 0)?.end();
    let means = words.of(group!("way.means")).iter().find(|hit| hit.end() == text.len() && hit.start() > from);
    let label = part(text, from, means.map_or(text.len(), Hit::start));
    let label = label.find(|c| partner(c).is_some()).map_or(label, |quote| part(label, quote, label.len()));
    let listed = has(label, |c| is_comma(c) || is_terminal(c) || c == '\u{3001}');
    (count(part(text, 0, from)) > 1 && (2..=LABEL).contains(&count(label)) && !listed).then_some(label)
}

/// A clause without the number before it, for quoting.
pub(super) fn bare(text: &str) -> &str {
    let start = crate::numbering::parse(text).map_or(0, |mark| mark.end);
    trim_start(part(text, start, text.len()), |c| is_blank(c) || first("\u{ff1a}") == c)
}
