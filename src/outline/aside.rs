//! Lines → what is no part of the policy's text: its title, printed contents, page chrome.

use super::phrases::{is_date, is_word};
use super::{Line, Lines, Role, contents, key};
use crate::blocks::{Document, Kind, Shape, is_title};
use crate::lexicon::{Reading, group, terms};
use crate::numbering::Kind as Number;
use crate::text::{
    count_of, ends_any, find as find_char, has, is_colon, is_comma, is_digit, is_terminal, is_worded, last, part,
    starts_any, stops,
};

/// A first role for every block: `Body(0)` where nothing speaks against it.
pub(super) fn find(document: &Document, lines: &Lines<'_>) -> Vec<Role> {
    let mut roles = Vec::with_capacity(lines.len());
    for line in lines.iter() {
        roles.push(if line.kind == Kind::Noise { Role::Noise } else { Role::Body(0) });
    }
    title(lines, &mut roles, matches!(document.shape, Shape::OneLine | Shape::Html));
    contents::find(lines, &mut roles);
    footer(document, lines, &mut roles);
    let page = document.shape == Shape::Html;
    if page {
        masthead(lines, &mut roles);
        tail(lines, &mut roles);
    }
    signs(lines, &mut roles, page);
    roles
}

/// The first and last lines without a word in them: the sign of a button that closes a window, a rule. Pages have such
/// pictures anywhere.
fn signs(lines: &Lines<'_>, roles: &mut [Role], page: bool) {
    let sign = |at: &usize| lines.get(*at).is_some_and(|line| !line.is_table() && !is_worded(line.text));
    let first = (0..lines.len()).take_while(|at| page || sign(at));
    let last = (0..lines.len()).rev().take_while(sign);
    for at in first.chain(last).filter(sign) {
        if let Some(role) = roles.get_mut(at).filter(|role| matches!(role, Role::Body(_))) {
            *role = Role::Noise;
        }
    }
}

/// The few words behind the last sentence of a page: what its buttons say.
fn tail(lines: &Lines<'_>, roles: &mut [Role]) {
    /// Characters of a button, and buttons of a page: more are a list.
    const BUTTONS: [usize; 2] = [10, 5];
    let says = |l: Line<'_>| has(l.text, |c| is_digit(c) || is_comma(c) || is_terminal(c) || c == '@');
    let names = |l: Line<'_>| is_word(l.text) || names_document(l) || ends_any(l.text, terms(group!("phrase.signs")));
    let ours = |i: &usize| matches!(roles.get(*i), Some(Role::Body(_)));
    let mut found = Vec::new();
    for i in (0..lines.len()).rev().filter(ours).take(BUTTONS[1] + 1) {
        let Some(line) = lines.get(i) else { continue };
        let bare = line.kind == Kind::Paragraph && line.mark.is_none();
        if bare && line.length <= BUTTONS[0] && !says(line) && !names(line) {
            found.push(i);
            continue;
        }
        // A heading keeps what stands below it.
        let heads = line.mark.is_some() && stops(line.text) == 0 || is_colon(last(line.text));
        if says(line) && !heads || line.is_table() {
            for at in found {
                roles.get_mut(at).into_iter().for_each(|role| *role = Role::Noise);
            }
        }
        break;
    }
}

/// The last line before the first sentence that reads like a policy's title; what stands before it on a page is chrome.
fn title(lines: &Lines<'_>, roles: &mut [Role], page: bool) {
    /// Lines of a greeting.
    const GREETING: usize = 4;
    let prose = |line: Line<'_>| line.length > 45 && stops(line.text) > 0 || line.is_table();
    let (mut first, mut found, mut named) = (None, None, None);
    // Characters of sentences so far: short ones add up. Behind them a title may follow a greeting of a few lines.
    let (mut said, mut late) = (0, 0);
    for (i, (line, role)) in lines.iter().zip(&*roles).enumerate() {
        if *role == Role::Noise {
            continue;
        }
        first = first.or(Some(i));
        said += if stops(line.text) > 0 { line.length } else { 0 };
        let counts = line.mark.is_some_and(|m| m.kind != Number::Bullet);
        late += usize::from(said > 45);
        let done = found.or(named).is_some();
        // What is set as the title of the whole is one, if it names a document.
        let set = named.and_then(|at| lines.get(at)).is_some_and(|l| l.kind == Kind::Heading(1));
        if i >= 400
            || line.is_table()
            || counts && (found.is_some() || set || late > 0)
            || late > if done { 0 } else { GREETING }
        {
            break;
        }
        let numbered = line.mark.is_some();
        if !numbered && is_policy_title(line) {
            found = Some(i);
        } else if late == 0 && line.length <= 40 && line.kind != Kind::Item(1) && !numbered && names_document(line) {
            named = named.or(Some(i));
        }
    }
    // Where none of these reads like one, what the page's head says does.
    let head = || {
        let reads = |i: &usize| lines.get(*i).is_some_and(|l| l.kind == Kind::Noise && is_policy_title(l));
        first.and_then(|first| (0..first).find(reads))
    };
    if let Some(at) = found.or(named).map_or_else(head, |_| None) {
        if let Some(role) = roles.get_mut(at) {
            *role = Role::Title;
        }
        return;
    }
    // An explicit first heading without such words is a title, too, and a first line that names any document.
    let Some(found) = found.or(named).or(first) else { return };
    let Some(own) = lines.get(found) else { return };
    let titled = is_policy_title(own)
        || own.length <= 40
            && (own.kind == Kind::Heading(1)
                || names_document(own)
                || stands_out(lines, found)
                || first == Some(found) && is_dated(lines, found));
    if own.mark.is_some() || !titled {
        return;
    }
    let name = key(own.text);
    for (i, (role, line)) in roles.iter_mut().zip(lines.iter()).enumerate() {
        if i == found {
            *role = Role::Title;
            break;
        }
        if page && !prose(line) || key(line.text) == name {
            *role = Role::Noise;
        }
    }
}

/// Whether a phrase has the date of the whole right behind it: it heads the whole.
fn is_dated(lines: &Lines<'_>, at: usize) -> bool {
    let phrase = |l: &Line<'_>| !is_sentence(*l) && !has(l.text, |c| is_comma(c) || is_colon(c)) && !is_word(l.text);
    lines.get(at).is_some_and(|l| phrase(&l) && !is_date(&key(l.text)))
        && lines.get(at + 1).is_some_and(|l| l.length <= 40 && is_date(&key(l.text)))
}

/// Whether a line is set like the headings behind it, which have numbers all: it heads the whole.
fn stands_out(lines: &Lines<'_>, at: usize) -> bool {
    let set = |l: Line<'_>| l.bold || matches!(l.kind, Kind::Heading(_));
    let phrase = |l: Line<'_>| !is_sentence(l) && !has(l.text, is_comma) && l.length <= 40;
    let own = lines.get(at).filter(|l| set(*l) && phrase(*l) && !is_colon(last(l.text)));
    if own.is_none_or(|l| is_word(l.text)) {
        return false;
    }
    let others = || lines.iter().skip(at + 1).filter(|l| set(*l) && phrase(*l));
    let bare = |l: &Line<'_>| l.mark.is_none_or(|m| m.kind == Number::Bullet);
    others().count() > 1 && !others().any(|l| bare(&l))
}

/// Whether a first line names a document: it ends in a word for one, or speaks of privacy and ends like a notice.
fn names_document(line: Line<'_>) -> bool {
    let key = key(line.text);
    let about = || terms(group!("title.about")).iter().any(|t| key.contains(t));
    !has(line.text, |c| is_comma(c) || is_terminal(c))
        && !ends_any(&key, terms(group!("heading.word")))
        && (ends_any(&key, terms(group!("document"))) || ends_any(&key, terms(group!("title.end"))) && about())
}

/// Whether a line reads like the title of a policy.
pub(super) fn is_policy_title(line: Line<'_>) -> bool {
    line.length <= 40 && is_title(line.text)
}

/// What a page says of an article below its title: who edited it, how often it was read. Dates with their labels stay.
fn masthead(lines: &Lines<'_>, roles: &mut [Role]) {
    /// Lines of it.
    const MOST: usize = 3;
    let chrome = group!("chrome");
    let Some(title) = roles.iter().position(|r| *r == Role::Title) else { return };
    for (i, role) in roles.iter_mut().enumerate().skip(title + 1).take(MOST) {
        let Some(line) = lines.get(i).filter(|l| l.mark.is_none() && l.kind == Kind::Paragraph && stops(l.text) == 0)
        else {
            break;
        };
        if !is_date(&key(line.text)) && Reading::only(line.text, [chrome]).has(chrome) {
            *role = Role::Noise;
        }
    }
}

/// The tail of a page behind the policy's last sentence: the suffix whose lines speak most for chrome. Every line has a
/// weight, for or against; the suffix with the greatest sum is taken if enough words of chrome stand in it.
fn footer(document: &Document, lines: &Lines<'_>, roles: &mut [Role]) {
    /// Digits of a year.
    const YEAR: usize = 4;
    let chrome = group!("chrome");
    let html = document.shape == Shape::Html;
    // Nor is one that is set like the first one behind the title, if its word heads parts of policies.
    let first = lines.iter().find_map(|l| Some(l.kind).filter(|k| matches!(k, Kind::Heading(2..))));
    let chapter = |line: Line<'_>| first == Some(line.kind) && is_word(line.text);
    let (mut sum, mut words) = (0i64, 0usize);
    // The sum, the words of chrome and the first line of the best suffix.
    let mut best = (0i64, 0usize, 0usize);
    for (i, role) in roles.iter().enumerate().rev() {
        let Some(line) = lines.get(i) else { continue };
        let mut hits = 0;
        match role {
            // Printed contents may stand among chrome.
            Role::Contents => continue,
            Role::Title => break,
            Role::Noise => hits = 1,
            // A numbered heading is none, though it may read "Contact us".
            _ if line.mark.is_some_and(|m| m.kind <= Number::Decimal) || chapter(line) => {}
            // No line of a page's foot is as long as a page.
            _ if line.length > 2000 => {}
            _ => {
                // A year or a licence's number stands beside an owner's mark, before what that goes on with.
                let colon = find_char(line.text, is_colon).unwrap_or(line.text.len());
                let owned = count_of(part(line.text, 0, colon), is_digit) >= YEAR && stops(line.text) == 0;
                hits = Reading::only(line.text, [chrome]).of(chrome).len() * (1 + usize::from(owned));
            }
        }
        words += hits;
        sum += if chapter(line) { -20 } else { weight(line, hits) };
        if sum < -60 {
            break;
        }
        if hits > 0 && sum > best.0 {
            best = (sum, words, i);
        }
    }
    let (sum, words, mut from) = best;
    // A heading keeps its text.
    let heads = |l: Line<'_>| {
        matches!(l.kind, Kind::Heading(_)) || l.mark.is_some_and(|m| m.kind <= Number::Decimal) && !is_sentence(l)
    };
    from += usize::from(from.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(heads));
    if sum >= 12 && words >= if html { 2 } else { 3 } && from > 0 {
        for role in roles.iter_mut().skip(from) {
            // In a page that was scraped into one line the contents of a side column are part of what stands around them.
            if *role != Role::Contents || document.shape == Shape::OneLine {
                *role = Role::Noise;
            }
        }
    }
}

fn weight(line: Line<'_>, hits: usize) -> i64 {
    let sentence = last(line.text) == '\u{ff1b}' || line.text.contains('\u{3002}');
    // What the policy says on a condition, though its full stop is lost.
    let said = || has(line.text, is_comma) && starts_any(line.body(), terms(group!("phrase.never.start")));
    let length = line.length as i64;
    match (hits, sentence) {
        (_, false) if said() => -length,
        (0, _) if line.mark.is_some_and(|m| m.kind < Number::Decimal) => -20,
        (0, true) if length <= 20 => -5,
        (0, true) => -length.max(20),
        (0, false) if line.is_table() || line.text.contains('@') => -20,
        (0, false) if length <= 30 => 1,
        (0, false) => -length / 4,
        (n, true) if length > 60 => 4 * n as i64 - length,
        (n, _) => 6 * n as i64,
    }
}

/// Whether a line ends like a sentence.
pub(super) fn is_sentence(line: Line<'_>) -> bool {
    let end = last(line.text);
    is_terminal(end) && !is_colon(end) && !matches!(end, '?' | '\u{ff1f}')
}
