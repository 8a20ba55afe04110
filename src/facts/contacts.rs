//! E-mail addresses, numbers and postal addresses → ways to reach the controller.

use super::{Evidenced, Facts, Policy, head, words};
use crate::lexicon::{Group, Reading, fold, group, setting};
use crate::text::{first, is_blank, is_closing, is_opening};

/// A way to reach the controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// `email`, `phone`, `fax`, `address`, `postcode`, `web` or `online-service`.
    pub kind: &'static str,
    /// As printed.
    pub value: String,
}

/// What stands before a value, and the kind of value.
const LABELS: [(Group, &str); 4] = [
    (group!("contact.phone"), "phone"),
    (group!("contact.fax"), "fax"),
    (group!("contact.postcode"), "postcode"),
    (group!("contact.address"), "address"),
];

/// More contacts than that help nobody, and each one is compared with all before it.
const MOST: usize = 40;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut found: Vec<Evidenced<Contact>> = Vec::new();
    for clause in 0..policy.len() {
        if policy.is_row(clause) && policy.has(clause, group!("company.form"))
            || policy.headed(clause, group!("column.third"))
        {
            // A recipient's own address in a list of recipients.
            continue;
        }
        let text = policy.text(clause);
        for email in emails(text) {
            add(&mut found, "email", email, clause);
        }
        for (label, kind) in LABELS {
            for hit in policy.hits(clause, label) {
                let mut end = text.len();
                for (other, _) in LABELS {
                    let hits = policy.hits(clause, other);
                    let next = hits.get(hits.partition_point(|h| h.start() <= hit.start()));
                    end = next.map_or(end, |h| end.min(h.start()));
                }
                let reach = text.get(hit.end()..end.max(hit.end())).unwrap_or("");
                let value = if kind == "address" { address(reach) } else { number(reach, kind) };
                if let Some(value) = value {
                    add(&mut found, kind, value, clause);
                }
            }
        }
        // A line of its own.
        if let Some(place) = policy.hits(clause, group!("company.place")).first().filter(|hit| hit.start() == 0)
            && let Some(value) = address(text).filter(|value| value.len() == text.len() && value.len() > place.end())
        {
            add(&mut found, "address", value, clause);
        }
        if let Some(hit) = policy.hits(clause, group!("contact.service")).first() {
            add(&mut found, "online-service", words(text, hit), clause);
        }
        if let Some(hit) = policy.hits(clause, group!("contact.officer")).first().filter(|_| facts.officer.is_none()) {
            let value = emails(text).next().unwrap_or(words(text, hit));
            facts.officer = Some(Evidenced::new(value.into(), clause));
        }
    }
    facts.contacts = found;
}

fn add(found: &mut Vec<Evidenced<Contact>>, kind: &'static str, value: &str, clause: usize) {
    let value = value.trim_matches(is_blank);
    let count = found.len();
    let known = found
        .iter_mut()
        .find(|c| c.value.kind == kind && (c.value.value.contains(value) || value.contains(&c.value.value)));
    match known {
        Some(known) => {
            if value.len() > known.value.value.len() && kind != "address" {
                known.value.value = value.into();
            }
            // Four places show it as well as a hundred.
            if known.clauses().len() < 4 {
                known.add(clause);
            }
        }
        None if count < MOST => found.push(Evidenced::new(Contact { kind, value: value.into() }, clause)),
        None => {}
    }
}

/// Addresses with an `@`, end punctuation aside (RFC 5321's dot-atom form).
fn emails(text: &str) -> impl Iterator<Item = &str> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    text.match_indices('@').filter_map(move |(i, _)| {
        let head = text.get(..i)?;
        let start = head.len() - head.chars().rev().take_while(|c| local(*c)).map(char::len_utf8).sum::<usize>();
        let tail = text.get(i + 1..)?;
        let length: usize =
            tail.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).map(char::len_utf8).sum();
        let domain = tail.get(..length)?.trim_end_matches(['.', '-']);
        (start < i && domain.contains('.')).then(|| text.get(start..i + 1 + domain.len())).flatten()
    })
}

/// The first telephone number, or postcode, close behind its label.
fn number<'t>(text: &'t str, kind: &str) -> Option<&'t str> {
    let start = text.char_indices().take(24).find(|(_, c)| fold(*c).is_ascii_digit() || *c == '+').map(|(i, _)| i)?;
    // Text between label and number: "call our service line at".
    if text.get(..start)?.contains(['\u{3002}', '\u{ff1b}', '@']) {
        return None;
    }
    let rest = text.get(start..)?;
    let length: usize = rest
        .chars()
        .take_while(|c| matches!(fold(*c), '0'..='9' | '-' | '+' | '(' | ')' | ' ' | '\u{2014}'))
        .map(char::len_utf8)
        .sum();
    let value = rest.get(..length)?.trim_end_matches(|c: char| !fold(c).is_ascii_digit());
    let digits = value.chars().filter(|c| fold(*c).is_ascii_digit()).count();
    // A date or a time is no telephone number.
    let after = rest.get(value.len()..)?.chars().next();
    let unit = after.is_some_and(|c| crate::lexicon::terms(group!("numbering.unit")).iter().any(|u| u.starts_with(c)));
    let fits = if kind == "postcode" {
        digits == 6
    } else {
        (5..=15).contains(&digits) && (digits > 5 || value.starts_with('9') || value.starts_with('1'))
    };
    (fits && !unit).then_some(value)
}

/// A postal address right behind its label: phrases that hold parts of an address.
fn address(text: &str) -> Option<&str> {
    let is = setting(group!("contact.address"), "is");
    let text = head(text, 120);
    let body =
        text.trim_start_matches(|c| is_blank(c) || is_opening(c) || matches!(c, ':' | '\u{ff1a}') || is.contains(c));
    if text.len() - body.len() == 0 && !text.starts_with(crate::text::is_ideograph) {
        return None;
    }
    let part = group!("contact.address.part");
    let label = group!("contact.address");
    let mut end = 0;
    let mut at = 0;
    for piece in body.split_inclusive([
        '\u{ff0c}', ',', '\u{3002}', '\u{ff1b}', ';', '\u{ff08}', '(', '\u{ff09}', ')', '|', '\u{3001}',
    ]) {
        let words = Reading::new(piece);
        let bare = piece.trim_end_matches(is_closing).trim_end_matches(is_opening).trim_end_matches('|');
        if words.of(part).len() < if end == 0 { 2 } else { 1 } || end > 0 && words.has(label) {
            break;
        }
        end = at + bare.len();
        at += piece.len();
        if piece.ends_with(['\u{3002}', '\u{ff1b}', ';', '|', '\u{ff08}', '(']) {
            break;
        }
    }
    // A second field after wide white space ("…No. 85  Example Ltd") is no part of it, nor after any where enough has been
    // read; a number is ("Example Road 85").
    let value = body.get(..end)?.split("  ").next()?;
    let value = value.rsplit([':', '\u{ff1a}']).next()?.trim_matches(is_blank);
    let mut before = '\0';
    let mut cut = value.len();
    for (at, c) in value.char_indices() {
        let (head, rest) = value.split_at_checked(at)?;
        let number = before.is_ascii_digit() || first(rest.trim_start_matches(is_blank)).is_ascii_digit();
        if is_blank(c) && !number && Reading::new(head).of(part).len() >= 3 {
            cut = at;
            break;
        }
        before = c;
    }
    let value = value.get(..cut)?;
    let length = value.chars().count();
    (6..=80).contains(&length).then_some(value)
}
