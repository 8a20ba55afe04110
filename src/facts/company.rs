//! A legal form in a text → the name of the company that ends with it: from behind the last word that takes one, or from its place.

use super::{head, tail};
use crate::lexicon::{Hit, Reading, group, set, terms};
use crate::text::{
    count, first, has, is_blank, is_closing, is_colon, is_ideograph, is_opening, last, part, trim, trim_end, trim_start,
};

/// Characters of a name.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=40;

/// The name that ends with the legal form that stands in `form..end`, or with one that goes on from it.
pub(super) fn name(text: &str, form: usize, end: usize) -> Option<&str> {
    let end = form_end(text, end);
    let start = if first(text.get(form..)?).is_ascii() { latin(text, form, end)? } else { start(text, form)? };
    let name = trim(text.get(start..end)?);
    LENGTHS.contains(&count(name)).then_some(name)
}

/// "Academy" goes on to "Academy Group Co., Ltd.": the last legal form of the phrase ends the name.
fn form_end(text: &str, end: usize) -> usize {
    let rest = head(text.get(end..).unwrap_or(""), 12);
    let phrase = part(rest, 0, rest.find(|c: char| !is_ideograph(c)).unwrap_or(rest.len()));
    let words = Reading::only(phrase, [group!("company.form"), group!("company.weak"), group!("company.before")]);
    let form = words.of(group!("company.form")).first().copied();
    let form = form.or_else(|| words.of(group!("company.weak")).first().copied().filter(|hit| hit.start() == 0));
    let stop = words.of(group!("company.before")).first().map_or(phrase.len(), Hit::start);
    form.filter(|hit| hit.start() <= stop && hit.end() > stop.min(hit.start())).map_or(end, |hit| end + hit.end())
}

/// Where a name in ideographs starts: behind punctuation, the last word that takes a name, or at the place it starts with.
pub(super) fn start(text: &str, form: usize) -> Option<usize> {
    let (start, hard) = phrase(text.get(..form)?);
    let phrase = text.get(start..form)?;
    let words = Reading::only(phrase, [group!("company.place"), group!("company.before")]);
    let places = words.of(group!("company.place"));
    let joins = set!("company.before", "joins");
    let agent = set!("company.operate", "agent");
    let defines = set!("company.before", "defines");
    let of = set!("product.after", "of");
    let (mut cut, mut cuts, mut ends) = (0, Vec::new(), vec![0]);
    for hit in words.of(group!("company.before")) {
        let word = part(phrase, hit.start(), hit.end());
        let between = part(phrase, cut, hit.start());
        ends.push(hit.end());
        let single = count(word) == 1 && !agent.contains(word);
        // "By harmony Ltd.": a particle right behind another one, or where the phrase starts a line, is part of the name, and
        // so is a conjunction behind a single character or a place.
        let begun =
            places.iter().any(|place| place.start() == cut) && places.iter().all(|place| place.start() != hit.end());
        // "By Welcome Tea Ltd.": whoever does it follows at once.
        let governed = between.is_empty() && cut > 0 && agent.starts_with(last(part(phrase, 0, cut)));
        // Nobody's name holds "you".
        let inside = !word.starts_with(is_reader)
            && (governed && !agent.contains(word)
                || single
                    && (between.is_empty() && (hard || cut > 0) && !defines.contains(word)
                        || begun && word != of
                        || joins.contains(word) && count(between) == 1 && !between.starts_with(is_reader)));
        if !inside && count(part(phrase, hit.end(), phrase.len())) >= 2 {
            cut = hit.end();
            cuts.push(cut);
        }
    }
    // "And trusts", "that is" before a place: no part of the name.
    let leads = |between: &str| {
        let short = (1..=LEADING).contains(&count(between));
        short && (defines.contains(between) || joins.contains(first(between)) && count(between) > 1)
    };
    // A place in brackets stands inside of the name.
    let place = places.iter().find(|place| {
        place.start() >= cut
            && (ends.contains(&place.start()) || cuts.is_empty() && !hard || leads(part(phrase, cut, place.start())))
            && !part(phrase, 0, place.start()).ends_with(['\u{ff08}', '('])
    });
    Some(start + place.map_or(cut, Hit::start))
}

/// Characters between what a name follows and the place that it starts with.
const LEADING: usize = 4;

/// "You" in one character.
fn is_reader(c: char) -> bool {
    set!("company.before", "reader").contains(c)
}

/// Where the phrase that ends a text starts, and whether it starts a line, or stands behind a colon or a quote.
fn phrase(text: &str) -> (usize, bool) {
    let mut start = text.len();
    let mut brackets = 0;
    let mut length = 0;
    for (i, c) in text.char_indices().rev() {
        match c {
            // "(China)" is part of a name.
            '\u{ff09}' | ')' if tail(part(text, 0, i), 8).contains(['(', '\u{ff08}']) => brackets += 1,
            '\u{ff08}' | '(' if brackets > 0 => brackets -= 1,
            _ if is_opening(c) || is_closing(c) || matches!(c, '\u{3002}' | '|' | '/' | '*') => {
                let hard = is_colon(c) || !matches!(c, '(' | '\u{ff08}') && is_opening(c) || c == '|';
                return (start, hard);
            }
            _ if is_blank(c) && !part(text, 0, i).ends_with(|p: char| p.is_ascii_alphabetic()) => return (start, true),
            _ => {}
        }
        start = i;
        length += 1;
        if length > 40 {
            return (start, false);
        }
    }
    (start, true)
}

/// Where a Latin name starts: the words with a capital before its legal form.
fn latin(text: &str, form: usize, end: usize) -> Option<usize> {
    // "The Limited Use …".
    let next = trim_start(text.get(end..)?, is_blank);
    let dotted = part(text, form, end).ends_with('.');
    if !dotted && next.len() < text.len() - end && first(next).is_ascii_uppercase()
        || !first(text.get(form..)?).is_ascii_uppercase()
    {
        return None;
    }
    let mut start = form;
    for word in text.get(..form)?.rsplit([' ', '\u{a0}']).take(8) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = trim_end(word, |c| matches!(c, ',' | '.'));
        if bare.is_empty() && start == form {
            continue;
        }
        if is_colon(last(bare)) {
            break;
        }
        // The Latin end of a word that ideographs start.
        let own = bare.rfind(|c: char| !c.is_ascii()).map_or(0, |i| i + first(part(bare, i, bare.len())).len_utf8());
        let latin = part(bare, own, bare.len());
        if !first(latin).is_ascii_uppercase() && latin != "&"
            || terms(group!("company.article")).iter().any(|t| latin.eq_ignore_ascii_case(t))
        {
            break;
        }
        start = at + own;
        if own > 0 || word.ends_with('.') && start != at {
            break;
        }
    }
    (start < form).then_some(start)
}

/// Where a name starts whose product a word in it cut: behind "by", or at the place before the product, if one stands there.
pub(super) fn led(text: &str, start: usize, product: &str) -> usize {
    let Some(before) = part(text, 0, start).strip_suffix(product).filter(|_| count(product) >= 3) else { return start };
    let agent = set!("company.operate", "agent");
    let by = before.rfind(|c| agent.contains(c)).map(|at| at + first(part(before, at, before.len())).len_utf8());
    if let Some(by) = by.filter(|by| count(part(before, *by, before.len())) <= BEFORE_PRODUCT) {
        return by;
    }
    let near = Reading::only(tail(before, 4), [group!("company.place")]);
    let place = near.of(group!("company.place")).iter().find(|place| place.end() == near.text.len());
    before.len() - place.map_or(0, |place| near.text.len() - place.start())
}

/// Characters of a place, known or not, before the product in a company's name.
const BEFORE_PRODUCT: usize = 4;

/// A name whose start the product shares begins there: what a verb left before it is no part, and what a particle of the
/// product's name took away comes back.
pub(super) fn mend<'t>(name: &'t str, product: &str) -> &'t str {
    let stem = head(product, 2);
    let Some(at) = name.find(stem).filter(|at| *at > 0 && count(stem) == 2 && is_ideograph(first(stem))) else {
        return name;
    };
    let left = part(name, 0, at);
    let places = Reading::only(left, [group!("company.place")]).has(group!("company.place"));
    if count(left) < 4 || places || has(left, |c| matches!(c, '(' | '\u{ff08}')) {
        name
    } else {
        part(name, at, name.len())
    }
}
