//! Clauses and rows → the permissions of the device that are asked for.
//!
//! ```text
//! row      the cell under the head for permissions
//! label    'X: what for', [X] under a line or a title that asks for permissions: X, known or not
//! prose    X beside the word for permissions; open X; let us use X; what stands in one list with these
//! ```

use super::collection::{denied, folded, purpose, put, put_known};
use super::{Evidenced, Facts, Policy};
use crate::clauses::Kind;
use crate::lexicon::reading::has_word;
use crate::lexicon::{Hit, Reading, group, keys};
use crate::practices::{Action, Actor, Mode, Practice};
use crate::text::{Numbers, count, has, is_blank, is_closing, is_comma, is_ideograph, is_opening, is_terminal, trim};

/// A system permission, by the key of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// `camera`, `location`, …; `other` where no list knows it.
    pub key: &'static str,
    /// The words of the policy.
    pub text: String,
    /// What for.
    pub purpose: Option<String>,
    /// A row or a label of a list of permissions, or let us use by name: surely asked for.
    pub sure: bool,
}

pub(super) fn read(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Numbers) {
    if policy.is_row(clause) {
        return row(policy, clause, facts, known);
    }
    if refused(policy, clause) {
        return;
    }
    let label = Label::find(policy, clause);
    let found = asked(policy, clause, label);
    let text = policy.text(clause);
    let lone = found.len() == 1;
    for &Asked { start, end, key, sure } in &found {
        let words = text.get(start..end).unwrap_or("");
        let told = label.and_then(|label| label.purpose(text)).filter(|_| label.is_some_and(|l| end <= l.end));
        let said = || policy.practices(clause).iter().find_map(|p| purpose(policy, &p.purposes));
        let purpose = if lone { told.or_else(said) } else { told };
        let permission = Permission { key, text: words.into(), purpose, sure };
        // 'Location', 'locating', 'your location': one permission.
        let same = |k: &Evidenced<Permission>| {
            let (one, two) = (&k.value.text, &permission.text);
            k.value.key == key && (ONE.contains(&key) || one.contains(two.as_str()) || two.contains(one.as_str()))
        };
        match facts.permissions.iter().take(MOST).position(same) {
            Some(at) => put(&mut facts.permissions, Some(at), permission, clause),
            None => put_known(&mut facts.permissions, known, folded(words), permission, clause),
        }
    }
    if let Some(name) = label.filter(|l| l.listed && found.is_empty()).and_then(|label| label.name(policy, clause)) {
        let told = label.and_then(|label| label.purpose(text));
        let permission = Permission { key: "other", text: name.into(), purpose: told, sure: true };
        put_known(&mut facts.permissions, known, folded(name), permission, clause);
    }
}

/// A row of a table of permissions.
fn row(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Numbers) {
    let base = policy.clauses.get(clause).map_or(0, |c| c.span.start());
    for practice in policy.practices(clause).iter().filter(|p| p.action == Action::AskPermission) {
        for object in &practice.objects {
            let text = trim(policy.slice(object.span));
            let (start, end) = (object.span.start().saturating_sub(base), object.span.end().saturating_sub(base));
            let inside = |hits: &[Hit]| first_from(hits, start).is_some_and(|h| h.end() <= end);
            let key = names().find(|(_, g)| inside(policy.hits(clause, *g))).map_or("other", |k| k.0);
            let purpose = purpose(policy, &practice.purposes);
            if (2..=LONGEST).contains(&count(text)) {
                let permission = Permission { key, text: text.into(), purpose, sure: true };
                put_known(&mut facts.permissions, known, folded(text), permission, clause);
            }
        }
    }
}

/// 'We ask for no permission to …'.
fn refused(policy: &Policy<'_>, clause: usize) -> bool {
    let base = policy.clauses.get(clause).map_or(0, |c| c.span.start());
    let refused = |p: &Practice| match p.mode {
        Mode::DoesNot => true,
        Mode::OnlyIf => denied(policy, clause, p.verb.start() - base),
        _ => false,
    };
    let ours = |p: &&Practice| p.action == Action::AskPermission && p.actor != Actor::You;
    let mut asks = policy.practices(clause).iter().filter(ours).peekable();
    asks.peek().is_some() && asks.all(refused)
}

/// The groups of permissions by name.
fn names() -> impl Iterator<Item = (&'static str, crate::lexicon::Group)> {
    keys!("permission.").filter(|k| !matches!(k.0, "word" | "open" | "use" | "vague" | "label" | "list"))
}

/// A permission in a clause.
#[derive(Clone, Copy)]
struct Asked {
    start: usize,
    end: usize,
    key: &'static str,
    sure: bool,
}

/// The permissions that a clause asks for.
fn asked(policy: &Policy<'_>, clause: usize, label: Option<Label>) -> Vec<Asked> {
    let words = policy.hits(clause, group!("permission.word"));
    let opening = policy.hits(clause, group!("permission.open"));
    let using = policy.hits(clause, group!("permission.use"));
    let led = label.map_or(0, |l| l.end);
    if words.is_empty() && opening.is_empty() && using.is_empty() && led == 0 {
        return Vec::new();
    }
    let text = policy.text(clause);
    let mut found: Vec<(Asked, bool)> = Vec::new();
    for (key, group) in names() {
        for hit in policy.hits(clause, group) {
            let vague = is_vague(policy, clause, hit);
            let near = beside(policy, clause, hit, vague);
            let known = OPENED.contains(&key);
            let opened = known && follows(policy, clause, opening, hit).is_some();
            let let_use = follows(policy, clause, using, hit).is_some_and(|at| granted(policy, clause, at));
            let labelled = hit.end() <= led;
            let sure = labelled || let_use;
            let one = Asked { start: hit.start(), end: hit.end(), key, sure };
            found.push((one, near || opened || sure));
        }
    }
    found.sort_unstable_by_key(|f| (f.0.start, f.0.end));
    // One list with what is asked for: forwards, then backwards.
    for at in (1..found.len()).chain((0..found.len()).rev()) {
        for other in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
            let (Some(one), Some(two)) = (found.get(at).copied(), found.get(other).copied()) else { continue };
            let (a, b) = if one.0.start <= two.0.start { (one.0, two.0) } else { (two.0, one.0) };
            if two.1 && !one.1 && joined(text, &a, &b) {
                found.iter_mut().skip(at).take(1).for_each(|f| f.1 = true);
            }
        }
    }
    found.retain(|f| f.1);
    found.into_iter().map(|f| f.0).collect()
}

/// Whether two permissions stand in one list.
fn joined(text: &str, a: &Asked, b: &Asked) -> bool {
    let between = text.get(a.end..b.start.max(a.end)).unwrap_or("");
    count(between) <= LISTED
        && !has_word(between, group!("practice.for"))
        && !has(between, |c| is_terminal(c) || is_comma(c) && c != '\u{3001}')
}

/// Whether a permission stands close to the word for permissions; one whose name is as often information, right beside it.
fn beside(policy: &Policy<'_>, clause: usize, hit: &Hit, vague: bool) -> bool {
    let words = policy.hits(clause, group!("permission.word"));
    let text = policy.text(clause);
    let first = words.partition_point(|w| w.end() + NEAR < hit.start());
    let mut close = words.iter().skip(first).take_while(|w| w.start() <= hit.end() + NEAR);
    close.any(|w| {
        let behind = w.start() >= hit.end();
        let between = if behind { text.get(hit.end()..w.start()) } else { text.get(w.end()..hit.start()) };
        let between = between.unwrap_or("");
        let marks = |c| is_blank(c) || is_opening(c) || is_closing(c) || matches!(c, ':' | '\u{ff1a}');
        let tight = if behind {
            between.len() <= TIGHT && !has(between, is_comma)
        } else {
            !between.is_empty() && between.chars().all(marks)
        };
        w.start() != hit.start() && (!vague || tight) && !describes(policy, clause, w)
    })
}

/// The word among `words` that a permission's name follows: 'open your X'.
fn follows(policy: &Policy<'_>, clause: usize, words: &[Hit], hit: &Hit) -> Option<usize> {
    let before = words.partition_point(|w| w.end() <= hit.start());
    let word = before.checked_sub(1).and_then(|at| words.get(at))?;
    // 'With your leave we collect …'.
    let collect = first_from(policy.hits(clause, group!("practice.verb.collect")), word.end());
    let other = collect.is_some_and(|c| c.end() <= hit.start());
    let near = hit.start() - word.end() <= NEXT && !other && !describes(policy, clause, word);
    let near = near && !denied(policy, clause, word.start());
    near.then_some(word.start())
}

/// Whether a word for leave only tells which information is meant: 'the position that you allow', 'sensors that are on'.
fn describes(policy: &Policy<'_>, clause: usize, word: &Hit) -> bool {
    let is = |group, at| first_from(policy.hits(clause, group), at).is_some_and(|h| h.start() == at);
    is(group!("practice.of"), word.end()) && !is(group!("permission.list"), word.start())
}

/// Whether what is done there is let do: 'allow us to …'.
fn granted(policy: &Policy<'_>, clause: usize, at: usize) -> bool {
    let grants = policy.hits(clause, group!("practice.grant"));
    let before = grants.partition_point(|g| g.end() <= at);
    let grant = before.checked_sub(1).and_then(|at| grants.get(at));
    let between = |g: &Hit| policy.text(clause).get(g.end()..at).unwrap_or("");
    grant.is_some_and(|g| at - g.end() <= GRANTED && !has(between(g), |c| is_comma(c) || is_terminal(c)))
}

/// Whether the name is as often that of information.
fn is_vague(policy: &Policy<'_>, clause: usize, hit: &Hit) -> bool {
    let vague = first_from(policy.hits(clause, group!("permission.vague")), hit.start());
    vague.is_some_and(|v| v.start() == hit.start() && v.end() == hit.end())
}

/// The first of a group's hits that starts at a place or behind it.
fn first_from(hits: &[Hit], at: usize) -> Option<&Hit> {
    hits.get(hits.partition_point(|h| h.start() < at))
}

/// What an item of a list of permissions starts with.
#[derive(Clone, Copy)]
struct Label {
    start: usize,
    end: usize,
    /// Where what is said of it starts.
    rest: usize,
    /// It has a mark that makes it a label, under a line or a title that speaks of permissions by their word: whatever it
    /// names is one.
    listed: bool,
}

impl Label {
    fn find(policy: &Policy<'_>, clause: usize) -> Option<Self> {
        let place = policy.clauses.get(clause)?;
        let text = policy.text(clause);
        let asks = |lead: usize| {
            let using = policy.hits(lead, group!("permission.use"));
            policy.has(lead, group!("permission.word"))
                || policy.has(lead, group!("permission.open"))
                || using.iter().any(|u| granted(policy, lead, u.start()))
        };
        let lead = place.lead().is_some_and(asks);
        let titled = |g| policy.tokens.title_has(place.section(), g);
        let headed = titled(group!("permission.word")) || titled(group!("permission.open"));
        let start = crate::numbering::parse(text).map_or(0, |mark| mark.end);
        let rest = text.get(start..).unwrap_or("");
        let start = start + rest.len() - rest.trim_start_matches(is_blank).len();
        let bracket = text.get(start..).is_some_and(|t| t.starts_with('\u{3010}'));
        let close = text.find('\u{3011}').filter(|_| bracket);
        let colon = text.find([':', '\u{ff1a}', '\u{2014}']);
        let short = |at: &usize| count(text.get(start..*at).unwrap_or("")) <= LABEL;
        let mark = close.or(colon).filter(short);
        let width = mark.and_then(|at| text.get(at..)?.chars().next()).map_or(0, char::len_utf8);
        let first = if bracket { start + '\u{3010}'.len_utf8() } else { start };
        // 'You may manage these permissions as follows' lists ways.
        let word = group!("permission.list");
        let by_line = place.lead().is_some_and(|l| {
            policy.has(l, word) && !policy.has(l, group!("practice.verb.right")) && place.kind == Kind::Item
        });
        let listed = by_line || bracket && policy.tokens.title_has(place.section(), word);
        // Behind a label of a permission words say what it is for: 'phone: 010-…' is a contact.
        let number = |at: usize| text.len() > at + width && !has(text.get(at + width..).unwrap_or(""), is_ideograph);
        match mark {
            Some(at) if number(at) => None,
            Some(at) if lead || headed => Some(Self { start: first, end: at, rest: at + width, listed }),
            None if lead => {
                let end = text.find(|c| is_comma(c) || is_terminal(c)).unwrap_or(text.len()).min(SHORT_ITEM);
                Some(Self { start, end, rest: text.len(), listed: false })
            }
            _ => None,
        }
    }

    /// What is said of it.
    fn purpose(self, text: &str) -> Option<String> {
        let rest = text.get(self.rest..).unwrap_or("");
        let rest = rest.trim_start_matches(|c| {
            is_blank(c) || is_comma(c) || matches!(c, ':' | '\u{ff1a}' | '\u{ff09}' | '\u{2014}')
        });
        let words = Reading::only(rest, [group!("practice.for")]);
        let opener = words.of(group!("practice.for")).first().filter(|h| h.start() == 0).map_or(0, Hit::end);
        let end = rest.find(is_terminal).unwrap_or(rest.len());
        let told = trim(rest.get(opener..end).unwrap_or(""));
        Some(told).filter(|t| !t.is_empty() && count(t) <= LONGEST_PURPOSE).map(String::from)
    }

    /// Its name, where no list knows it.
    fn name<'t>(self, policy: &Policy<'t>, clause: usize) -> Option<&'t str> {
        let name = trim(policy.text(clause).get(self.start..self.end)?);
        let other = [group!("practice.we"), group!("practice.you"), group!("practice.not"), group!("practice.from")];
        let nouns = [group!("permission.label"), group!("practice.noun.data")];
        let words = Reading::only(name, other.into_iter().chain(nouns));
        let kind = words.of(group!("permission.label")).iter().any(|h| h.start() == 0 || h.end() == name.len());
        let data = words.of(group!("practice.noun.data")).last().is_some_and(|h| h.end() == name.len());
        let said = kind || data || other.into_iter().any(|g| words.has(g));
        let plain = !said && !has(name, |c| is_comma(c) || is_terminal(c));
        Some(name).filter(|n| plain && (2..=LABEL).contains(&count(n)))
    }
}

/// Characters between two permissions of one list.
const LISTED: usize = 14;
/// Characters of a label.
const LABEL: usize = 16;
/// Bytes of an item that is a permission's name.
const SHORT_ITEM: usize = 36;
/// Bytes between a permission and the word for permissions.
const NEAR: usize = 36;
/// The same for a name that is as often information: 'the … right to read'.
const TIGHT: usize = 9;
/// Bytes between what opens a permission and its name: "your", "the device's".
const NEXT: usize = 12;
/// Bytes between 'allow' and what is allowed: who.
const GRANTED: usize = 36;
/// Whose names all mean one.
const ONE: [&str; 1] = ["location"];
/// Permissions that are compared with another: there are not so many.
const MOST: usize = 60;
/// What is a permission where it is opened; other names say so themselves.
const OPENED: [&str; 8] = ["camera", "microphone", "location", "album", "contacts", "calendar", "bluetooth", "sms"];
/// The longest name of a permission, in characters.
const LONGEST: usize = 40;
/// The longest purpose that is told, in characters.
const LONGEST_PURPOSE: usize = 60;
