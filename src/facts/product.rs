//! Titles and welcomes → what the policy is about.

use super::party::{OPENING, is_stop};
use super::{Evidenced, Policy};
use crate::lexicon::{Reading, group, set, terms};
use crate::numbering;
use crate::text::{count, first, has, is_blank, is_closing, is_opening, part, trim_end, trim_start};

/// What the policy is about: what its title says, else its introduction.
pub(super) fn of(policy: &Policy<'_>) -> Option<Evidenced<String>> {
    let titled = titled(policy.title()).filter(|_| policy.len() > 0).map(|product| Evidenced::new(product, 0));
    titled.or_else(|| introduced(policy))
}

/// The first name in book-title marks with the words of a policy behind it, or the one that the reader is welcomed to, or
/// that somebody runs.
fn introduced(policy: &Policy<'_>) -> Option<Evidenced<String>> {
    let opening = 0..policy.len().min(OPENING + 10);
    let booked = opening.clone().find_map(|clause| {
        let mut titles = policy.text(clause).split('\u{300a}').skip(1);
        let product = titles.find_map(|behind| {
            let product = titled(part(behind, 0, behind.find('\u{300b}').unwrap_or(behind.len())))?;
            (!terms(group!("product.not")).iter().any(|not| product.contains(not))).then_some(product)
        })?;
        Some(Evidenced::new(product, clause))
    });
    booked.or_else(|| opening.into_iter().find_map(|clause| Some(Evidenced::new(welcomed(policy, clause)?, clause))))
}

/// "Welcome to …", "… is run by Example Ltd.".
fn welcomed(policy: &Policy<'_>, clause: usize) -> Option<String> {
    let text = policy.text(clause);
    if let Some(hit) = policy.hits(clause, group!("product.welcome")).first() {
        return own(stretch_of(part(text, hit.end(), text.len())));
    }
    let agent = set!("company.operate", "agent");
    let at = text.find(|c| agent.contains(c)).filter(|_| policy.has(clause, group!("company.form")))?;
    let runs = policy.hits(clause, group!("company.operate")).iter().any(|hit| hit.start() > at);
    own(part(text, 0, at)).filter(|_| runs && at > 0)
}

/// A text up to the first punctuation; in quotes, up to where they close.
fn stretch_of(text: &str) -> &str {
    let text = trim_start(text, is_blank);
    let quoted = matches!(first(text), '\u{201c}' | '\u{300c}' | '\u{3010}' | '\u{300a}' | '"');
    let body = if quoted { part(text, first(text).len_utf8(), text.len()) } else { text };
    part(body, 0, body.find(|c| is_closing(c) || is_opening(c) || c == '"').unwrap_or(body.len()))
}

/// What stands before the words that make a title one of a policy.
fn titled(title: &str) -> Option<String> {
    let end = Reading::only(title, [group!("title")]).of(group!("title")).first()?.start();
    own(part(title, 0, end))
}

/// A product's own name: without generic words around it, and not made of them alone.
fn own(name: &str) -> Option<String> {
    let mut name = trim_end(trim_start(name, is_edge), is_edge);
    // '1.1 Example is run by …': the number is the clause's.
    if let Some(mark) = numbering::parse(name).filter(|mark| mark.end < name.len()) {
        name = trim_start(part(name, mark.end, name.len()), is_edge);
    }
    if let Some(form) = Reading::only(name, [group!("company.form")]).of(group!("company.form")).last() {
        // "… run by Example Ltd.": what follows the relative clause.
        let behind = part(name, form.end(), name.len());
        name = trim_start(behind.rsplit_once(set!("product.after", "of"))?.1, is_edge);
    }
    for before in terms(group!("product.before")) {
        name = trim_start(name.strip_prefix(before).unwrap_or(name), is_edge);
    }
    let mut whole = name.len() + 1;
    while name.len() < whole {
        whole = name.len();
        for after in terms(group!("product.after")) {
            let cut = name
                .len()
                .checked_sub(after.len())
                .filter(|cut| name.get(*cut..).is_some_and(|e| e.eq_ignore_ascii_case(after)));
            name = trim_end(part(name, 0, cut.unwrap_or(name.len())), is_edge);
        }
    }
    // A bracket or a quote whose partner stands outside.
    let torn = [('(', ')'), ('\u{ff08}', '\u{ff09}'), ('\u{201d}', '\u{201c}'), ('\u{300d}', '\u{300c}')];
    for (mark, partner) in torn {
        let alone = |at: &usize| {
            is_opening(mark) && !name.contains(partner) || is_closing(mark) && !part(name, 0, *at).contains(partner)
        };
        if let Some(at) = name.find(mark).filter(alone) {
            name = trim_end(part(name, 0, at), is_edge);
        }
    }
    if let Some((_, behind)) = name.split_once('\u{201c}').filter(|_| !name.contains('\u{201d}')) {
        name = behind;
    }
    let generic = Reading::only(name, [group!("product.generic")]);
    let mut covered = 0;
    for hit in generic.of(group!("product.generic")) {
        covered = if hit.start() <= covered { hit.end() } else { covered };
    }
    ((1..=24).contains(&count(name)) && covered < name.len() && !has(name, |c| is_stop(c) || crate::text::is_comma(c)))
        .then(|| name.into())
}

pub(super) fn is_edge(c: char) -> bool {
    is_blank(c)
        || is_opening(c)
        || is_closing(c)
        || matches!(c, '"' | '<' | '>' | '/' | '-' | '\u{2014}' | '&' | '+' | '\u{ff06}')
}
