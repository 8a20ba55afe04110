//! E-mail addresses, numbers, postal addresses and services → ways to reach the controller.
//!
//! A number or an address is ours where its line says so: behind a label, or where the reader is told how to reach us. What
//! stands in lists of recipients, behind another company's name or an authority's is theirs.

use super::{Evidenced, Facts, Policy, head, tail, ways, words};
use crate::lexicon::{Group, Hit, Reading, fold, group, set, terms};
use crate::practices::{Action, Practice};
use crate::text::{
    Span, count, first, has, is_blank, is_closing, is_colon, is_comma, is_ideograph, is_opening, is_semicolon,
    is_terminal, last, part, trim, trim_end, trim_start,
};

/// A way to reach the controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// `email`, `phone`, `fax`, `address`, `postcode`, `web` or `online-service`.
    pub kind: &'static str,
    /// As printed.
    pub value: String,
}

/// What stands before a value, and the kind of value.
const LABELS: [(Group, &str); 5] = [
    (group!("contact.phone"), "phone"),
    (group!("contact.fax"), "fax"),
    (group!("contact.postcode"), "postcode"),
    (group!("contact.address"), "address"),
    (group!("contact.web"), "web"),
];

/// More contacts than that help nobody, and each one is compared with all before it.
const MOST: usize = 40;
/// Characters of an address.
const ADDRESS: std::ops::RangeInclusive<usize> = 6..=90;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut found: Vec<Evidenced<Contact>> = Vec::new();
    for clause in 0..policy.len() {
        if policy.is_row(clause) && policy.has(clause, group!("company.form"))
            || policy.headed(clause, group!("column.third"))
            || policy.listed(clause)
        {
            // A recipient's own address in a list of recipients.
            continue;
        }
        let text = policy.text(clause);
        let own = |at: usize| is_own(policy, facts, clause, at);
        for email in emails(text).filter(|email| own(place(text, email))) {
            add(&mut found, "email", email, clause);
        }
        for (_, email) in policy.mailed(clause).filter(|mail| own(mail.0)) {
            add(&mut found, "email", email, clause);
        }
        for (label, kind) in LABELS {
            for hit in policy.hits(clause, label).iter().filter(|hit| own(hit.start())) {
                labelled(policy, clause, *hit, kind, &mut found);
            }
        }
        reached(policy, clause, &mut found, &own);
        // An address that is a line of its own; what else stands in it does not matter where the line before announces it.
        let announced = clause.checked_sub(1).is_some_and(|before| {
            is_colon(last(trim(policy.text(before)))) && policy.has(before, group!("contact.address"))
        });
        if let Some(start) = policy.hits(clause, group!("company.place")).first().filter(|hit| hit.start() == 0)
            && let Some(value) = address(text).filter(|value| {
                let whole = value.len() == trim_end(text, is_closing).len() && has(value, |c| fold(c).is_ascii_digit());
                value.len() > start.end() && (whole || announced)
            })
        {
            add(&mut found, "address", value, clause);
        }
        if facts.officer.is_none() {
            facts.officer = officer(policy, clause).map(|value| Evidenced::new(value.into(), clause));
        }
    }
    facts.contacts = found;
}

impl Policy<'_> {
    /// Addresses that links of a clause open a letter to, and where the links stand.
    fn mailed(&self, clause: usize) -> impl Iterator<Item = (usize, &str)> {
        let span = self.clauses.get(clause).map_or(Span::new(0, 0), |c| c.span);
        let links = &self.document.links;
        let from = links.partition_point(|link| link.span.start() < span.start());
        let links = links.get(from..).unwrap_or_default().iter().take_while(move |link| link.span.start() < span.end());
        links.filter_map(move |link| {
            let address = link.href.strip_prefix("mailto:")?.split('?').next()?;
            let printed = self.document.text.slice(link.span).contains('@');
            emails(address).next().filter(|_| !printed).map(|email| (link.span.start() - span.start(), email))
        })
    }
}

/// Where a part of a text stands in it.
fn place(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Whether what stands at a place of a clause is ours: no other company is named before it, and no authority.
fn is_own(policy: &Policy<'_>, facts: &Facts, clause: usize, at: usize) -> bool {
    let text = policy.text(clause);
    let ours = |name: &str| {
        facts.controller.iter().chain(&facts.also).any(|own| own.value.contains(name) || name.contains(&own.value))
    };
    let named = named(policy, clause, at).or_else(|| {
        // An item goes on behind a semicolon: whose it is was said before.
        let earlier = (clause.saturating_sub(ITEM)..clause).rev();
        let mut earlier = earlier.take_while(|before| {
            policy.same_block(*before, clause) && is_semicolon(last(trim_end(policy.text(*before), is_blank)))
        });
        earlier.find_map(|before| named(policy, before, usize::MAX))
    });
    let before = part(text, 0, at);
    let stretch = before.rfind(is_parting).map_or(before, |from| part(before, from, at));
    // Where who is responsible is introduced, all is theirs.
    let introduces = facts.controller.as_ref().is_some_and(|own| own.clauses().contains(&clause));
    (introduces || named.is_none_or(ours))
        && !Reading::only(tail(stretch, 30), [group!("contact.others")]).has(group!("contact.others"))
}

/// Clauses of one item in which its company is sought.
const ITEM: usize = 4;

/// The last company that a clause names before a place.
fn named<'p>(policy: &Policy<'p>, clause: usize, at: usize) -> Option<&'p str> {
    let forms = policy.hits(clause, group!("company.form"));
    let form = forms.get(..forms.partition_point(|form| form.end() <= at)).and_then(<[Hit]>::last)?;
    super::company::name(policy.text(clause), form.start(), form.end())
}

/// Ends of what a contact belongs to.
fn is_parting(c: char) -> bool {
    is_terminal(c) && !is_colon(c) || is_comma(c)
}

/// The value behind a label, up to the next label.
fn labelled(policy: &Policy<'_>, clause: usize, hit: Hit, kind: &'static str, found: &mut Vec<Evidenced<Contact>>) {
    let text = policy.text(clause);
    let mut end = text.len();
    for (other, _) in LABELS {
        let hits = policy.hits(clause, other);
        let next = hits.get(hits.partition_point(|h| h.start() <= hit.start()));
        end = next.map_or(end, |h| end.min(h.start()));
    }
    let reach = part(text, hit.end(), end.max(hit.end()));
    match kind {
        "address" => {
            let sentence = part(reach, 0, reach.find(is_parting).unwrap_or(reach.len()));
            let court = Reading::only(sentence, [group!("contact.address.not")]).has(group!("contact.address.not"));
            if let Some(value) = address(reach).filter(|_| !court) {
                add(found, kind, value, clause);
            }
        }
        "web" => {
            // What a product is defined by is no way to reach anybody.
            let defined = policy.has(clause, group!("company.define"))
                && !policy.headed(clause, group!("contact.heading"))
                && !policy.has(clause, group!("contact.reach"));
            if let Some(value) = links(head(reach, 80)).next().filter(|value| place(reach, value) <= 18 && !defined) {
                add(found, kind, value, clause);
            }
        }
        "phone" => {
            let headed = policy.headed(clause, group!("contact.heading"));
            for number in numbers(reach).into_iter().take_while(|n| n.near).filter(|n| n.fits(true, headed)) {
                add(found, kind, number.text, clause);
            }
        }
        _ => {
            let fits = |n: &Number<'_>| if kind == "postcode" { n.digits.len() == 6 } else { n.digits.len() >= 7 };
            if let Some(number) = numbers(reach).into_iter().next().filter(|n| n.near && fits(n)) {
                add(found, kind, number.text, clause);
            }
        }
    }
}

/// Numbers and services where the reader is told how to reach us.
fn reached(policy: &Policy<'_>, clause: usize, found: &mut Vec<Evidenced<Contact>>, own: &dyn Fn(usize) -> bool) {
    let text = policy.text(clause);
    let headed = policy.headed(clause, group!("contact.heading"));
    if !headed && !policy.has(clause, group!("contact.reach")) {
        return;
    }
    for number in numbers(text).iter().filter(|n| n.fits(false, false) && own(place(text, n.text))) {
        add(found, "phone", number.text, clause);
    }
    for link in links(text).filter(|link| headed && own(place(text, link))) {
        add(found, "web", link, clause);
    }
    chats(policy, clause, found, own);
    let services = policy.hits(clause, group!("contact.service"));
    if policy.is_row(clause) || is_told(policy, clause, services) {
        return;
    }
    for (at, hit) in services.iter().take(SERVICES).enumerate().filter(|(_, hit)| own(hit.start())) {
        // "Feedback" is where it is printed as a label; else it is what somebody does.
        let act = Reading::only(words(text, hit), [group!("contact.service.act")]).has(group!("contact.service.act"));
        if let Some(value) =
            served(text, hit, act, policy.has(clause, group!("contact.reach"))).filter(|_| at == 0 || !act)
        {
            add(found, "online-service", value, clause);
        }
    }
}

/// Services of a clause that are looked at.
const SERVICES: usize = 4;

/// Whether a clause only tells what we do when the reader turns to a service: "when you speak to our service, we keep …", "if
/// you turn to it, we may need …".
fn is_told(policy: &Policy<'_>, clause: usize, services: &[Hit]) -> bool {
    let text = policy.text(clause);
    let takes = |p: &Practice| matches!(p.action, Action::Collect | Action::Use) && !p.objects.is_empty();
    let timed = |hit: &Hit| {
        let (_, until) = policy.tokens.clause(clause).stretch(hit.start());
        let stretch = part(text, hit.end(), until);
        let when = Reading::only(stretch, [group!("way.when")]);
        let bare = trim_end(stretch, |c| is_blank(c) || is_comma(c)).len();
        when.of(group!("way.when")).iter().any(|when| when.end() == bare)
    };
    services.iter().take(SERVICES).any(timed) || policy.practices(clause).iter().any(takes)
}

/// A service where the reader is told how to reach it (`reach`): the path that leads to it, else its name.
fn served<'t>(text: &'t str, hit: &Hit, act: bool, reach: bool) -> Option<&'t str> {
    let before = trim_end(part(text, 0, hit.start()), is_blank);
    let quoted = is_opening(last(before)) && is_closing(first(part(text, hit.end(), text.len())));
    // The path that the service is the end of.
    let path = ways::ways(text).into_iter().find(|way| {
        let words = part(text, way.start, way.end);
        let clean =
            !has(words, is_comma) && !Reading::only(words, [group!("grant.reader")]).has(group!("grant.reader"));
        way.exact && clean && way.start <= hit.start() && hit.end() <= way.end + NEXT
    });
    if !(reach || quoted || path.is_some() || is_colon(last(before))) || act && path.is_none() && !quoted {
        return None;
    }
    Some(path.map_or_else(|| words(text, hit), |way| part(text, way.start, way.end.max(hit.end()))))
}

/// Bytes between a path and the service that it leads to.
const NEXT: usize = 12;

/// Accounts in messengers, each with its label: "QQ: 12345678".
fn chats(policy: &Policy<'_>, clause: usize, found: &mut Vec<Evidenced<Contact>>, own: &dyn Fn(usize) -> bool) {
    let text = policy.text(clause);
    for hit in policy.hits(clause, group!("contact.chat")).iter().filter(|hit| own(hit.start())) {
        let behind = part(text, hit.end(), text.len());
        let is = set!("contact.address", "is");
        let body =
            trim_start(behind, |c| is_blank(c) || is_colon(c) || is_opening(c)).trim_start_matches(|c| is.contains(c));
        let body = trim_start(body, |c| is_blank(c) || is_colon(c) || is_opening(c));
        let length = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(body.len());
        if (CHAT).contains(&length) && behind.len() - body.len() <= 12 {
            add(found, "online-service", part(text, hit.start(), text.len() - body.len() + length), clause);
        } else if is_opening(first(behind)) {
            // An account by its name, in quotes.
            let close = behind.find(is_closing).map_or(0, |at| at + first(part(behind, at, behind.len())).len_utf8());
            if (3..=CHAT.end() + 2).contains(&count(part(behind, 0, close))) {
                add(found, "online-service", part(text, hit.start(), hit.end() + close), clause);
            }
        }
    }
}

/// Characters of an account in a messenger.
const CHAT: std::ops::RangeInclusive<usize> = 5..=20;

/// Who is in charge: the name or the address behind the label, else the label itself.
fn officer<'p>(policy: &Policy<'p>, clause: usize) -> Option<&'p str> {
    let text = policy.text(clause);
    let hit = policy.hits(clause, group!("contact.officer")).first()?;
    if let Some(email) = emails(text).next() {
        return Some(email);
    }
    let rest = trim_start(part(text, hit.end(), text.len()), is_blank);
    let named = part(rest, 0, rest.find(|c| is_closing(c) && !is_colon(c)).unwrap_or(rest.len()));
    let named = trim_start(named, |c| is_blank(c) || is_colon(c));
    Some(if is_colon(first(rest)) && (2..=8).contains(&count(named)) { named } else { words(text, hit) })
}

fn add(found: &mut Vec<Evidenced<Contact>>, kind: &'static str, value: &str, clause: usize) {
    let (value, count) = (trim(value), found.len());
    let same = |known: &str| match kind {
        "phone" | "fax" => figures(known) == figures(value),
        // "privacy@…" is part of "child-privacy@…", and another address.
        "email" => known.eq_ignore_ascii_case(value),
        _ => known.contains(value) || value.contains(known),
    };
    let known = found
        .iter_mut()
        .find(|c| (c.value.kind == kind || kind == "phone" && c.value.kind == "fax") && same(&c.value.value));
    match known {
        // The whole address says more than the town.
        Some(known) if kind == "address" && known.value.value.len() < value.len() => {
            *known = Evidenced::new(Contact { kind, value: value.into() }, clause);
        }
        // Four places show it as well as a hundred.
        Some(known) if known.clauses().len() < 4 => known.add(clause),
        Some(_) => {}
        None if count < MOST => found.push(Evidenced::new(Contact { kind, value: value.into() }, clause)),
        None => {}
    }
}

/// The digits of a text.
fn figures(text: &str) -> String {
    text.chars().map(fold).filter(char::is_ascii_digit).collect()
}

/// Addresses with an `@`, end punctuation aside (RFC 5321's dot-atom form).
pub(super) fn emails(text: &str) -> impl Iterator<Item = &str> {
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

/// Web addresses.
pub(super) fn links(text: &str) -> impl Iterator<Item = &str> {
    let marks = ["http://", "https://", "www."];
    let mut reached = 0;
    text.match_indices([':', 'w']).filter_map(move |(at, _)| {
        let start = marks.iter().find_map(|mark| {
            let start = if mark.starts_with('w') { at } else { at.checked_sub(mark.len() - 3)? };
            text.get(start..).is_some_and(|t| t.starts_with(mark)).then_some(start)
        })?;
        if start < reached {
            return None;
        }
        let rest = text.get(start..)?;
        let length = rest
            .find(|c: char| !c.is_ascii_graphic() || matches!(c, ')' | '"' | '<' | '>' | ',' | ';'))
            .unwrap_or(rest.len());
        reached = start + length;
        Some(part(rest, 0, length).trim_end_matches(['.', '/'])).filter(|link| link.len() > 8)
    })
}

/// Digits in a row with what parts and extends them.
struct Number<'t> {
    text: &'t str,
    digits: String,
    /// Close behind where it was looked for, with no sentence between.
    near: bool,
    /// Part of something longer, or of a date, an amount or a licence.
    other: bool,
}

impl Number<'_> {
    /// Whether it is a telephone number: by its shape, or by a label before it. A number that everybody has, as that of a
    /// carrier, is one of ours only where we say how to reach us.
    fn fits(&self, labelled: bool, public: bool) -> bool {
        let digits =
            self.digits.strip_prefix("86").filter(|d| self.digits.len() > 11 && d.len() >= 10).unwrap_or(&self.digits);
        let digits = digits.strip_prefix("0086").unwrap_or(digits);
        let size = digits.len();
        // Those of the State are nobody's own.
        let public = public && !digits.starts_with("123");
        if self.other || !public && terms(group!("contact.public")).contains(&digits) {
            return false;
        }
        let hotline = (digits.starts_with("400") || digits.starts_with("800")) && (10..=14).contains(&size);
        let short = (digits.starts_with("95") || digits.starts_with("96")) && (5..=8).contains(&size);
        let mobile = size == 11 && digits.starts_with('1') && !digits.starts_with("10") && !digits.starts_with("12");
        let landline = digits.starts_with('0')
            && (10..=16).contains(&size)
            && (self.text.contains(['-', '\u{2014}', '(', '\u{ff08}', ' ', '\u{ff0d}']) || labelled);
        let local = labelled && ((7..=15).contains(&size) || size == 5 && digits.starts_with(['1', '9']));
        hotline || short || mobile || landline || local
    }
}

/// The numbers of a text.
fn numbers(text: &str) -> Vec<Number<'_>> {
    let extension = set!("contact.phone", "extension");
    let inner = |c: char| matches!(fold(c), '0'..='9' | '-' | '(' | ')' | ' ' | '\u{2014}' | '\u{2013}' | '+');
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = 0;
    while let Some(start) =
        text.get(at..).and_then(|t| t.find(|c| fold(c).is_ascii_digit() || c == '+')).map(|i| at + i)
    {
        let bracket = matches!(last(part(text, 0, start)), '(' | '\u{ff08}');
        let rest = part(text, start, text.len());
        let length = rest.find(|c| !inner(c)).unwrap_or(rest.len());
        let mut value = part(rest, 0, length).trim_end_matches(|c: char| !fold(c).is_ascii_digit());
        // An extension.
        let behind = trim_start(part(rest, value.len(), rest.len()), is_blank);
        if extension.contains(first(behind)) && !behind.is_empty() {
            let inner = trim_start(part(behind, first(behind).len_utf8(), behind.len()), is_blank);
            let length = inner.find(|c: char| !fold(c).is_ascii_digit()).unwrap_or(inner.len());
            if (1..=6).contains(&length) {
                value = part(rest, 0, rest.len() - inner.len() + length);
            }
        }
        // A bracket that never closes is none of it: "400 555 0123 (9:00".
        let open =
            value.rfind(['(', '\u{ff08}']).filter(|at| !part(value, *at, value.len()).contains([')', '\u{ff09}']));
        let value = trim_end(part(value, 0, open.unwrap_or(value.len())), is_blank);
        at = start + value.len().max(1);
        // An area code in brackets.
        let opened = value.contains([')', '\u{ff09}']) && !value.contains(['(', '\u{ff08}']) && bracket;
        let start = if opened { start - last(part(text, 0, start)).len_utf8() } else { start };
        let value = part(text, start, at);
        let gap = part(text, before, start);
        let near = count(gap) <= 24 && !has(gap, |c| is_terminal(c) && !is_colon(c)) && !gap.contains('@');
        before = at;
        let (prior, after) = (last(part(text, 0, start)), first(part(text, at, text.len())));
        let unit = terms(group!("numbering.unit")).iter().any(|u| u.starts_with(after) && after != '\0');
        let unit = unit || set!("contact.phone", "not").contains(after) && after != '\0';
        let licensed =
            set!("contact.phone", "licence").contains(prior) && prior != '\0' || is_numbered(part(text, 0, start));
        let other = unit
            || licensed
            || prior.is_ascii_alphanumeric()
            || after.is_ascii_alphanumeric()
            || matches!(after, '.' | '@' | '_')
            || matches!(prior, '.' | '/' | '@' | '_');
        found.push(Number { text: value, digits: figures(value), near, other });
    }
    found
}

/// Whether a text ends with what else than telephones has numbers: "order number, such as".
fn is_numbered(before: &str) -> bool {
    let mut near = tail(before, 12);
    for _ in 0..3 {
        near = trim_end(near, |c| is_blank(c) || is_colon(c) || is_comma(c) || is_opening(c));
        let such = Reading::only(near, [group!("contact.such")]);
        let ends = such.of(group!("contact.such")).iter().find(|hit| hit.end() == near.len());
        near = part(near, 0, ends.map_or(near.len(), Hit::start));
    }
    Reading::only(near, [group!("contact.number")])
        .of(group!("contact.number"))
        .iter()
        .any(|hit| hit.end() == near.len())
}

/// A postal address behind its label: phrases that hold parts of an address, with the brackets between them.
fn address(text: &str) -> Option<&str> {
    let is = set!("contact.address", "is");
    let text = head(text, 140);
    let mark = |c: char| is_blank(c) || is_opening(c) || is_colon(c) || c == '|';
    let body = trim_start(text, mark).trim_start_matches(|c| is.contains(c) || mark(c));
    let parted = body.len() < text.len();
    let reading = Reading::only(body, [group!("contact.addressee"), group!("company.place")]);
    let body = part(body, 0, reading.of(group!("contact.addressee")).first().map_or(body.len(), Hit::start));
    // Without a colon, the address follows at once.
    if !parted && reading.of(group!("company.place")).first().is_none_or(|place| place.start() > 6) {
        return None;
    }
    let (mut end, mut at, mut depth, mut from) = (0, 0, 0usize, 0);
    let mut parts = 0;
    while at <= body.len() {
        let c = body.get(at..).map_or('\0', first);
        let closes = matches!(c, ')' | '\u{ff09}');
        let opens = matches!(c, '(' | '\u{ff08}');
        let stops = at == body.len() || matches!(c, '|' | '\u{3011}' | '\u{300d}' | '\u{201d}') || is_terminal(c);
        if opens || closes || stops || is_comma(c) || c == '\u{3001}' {
            let piece = part(body, from, at);
            let held = pieces(piece, &mut parts, depth > 0);
            if let Held::Other = held {
                break;
            }
            // The number of a room right behind a bracket: "No. 57 (gate 2) 402".
            let room = depth == 0
                && end > 0
                && matches!(last(part(body, 0, from)), ')' | '\u{ff09}')
                && !piece.is_empty()
                && count(piece) <= PLOT
                && piece.chars().all(|c| fold(c).is_ascii_alphanumeric() || c == '-');
            if room {
                end = at;
            }
            if let Held::Address = held {
                end = if depth > 0 && closes { at + c.len_utf8() } else { at };
            }
            depth = if opens { depth + 1 } else { depth.saturating_sub(usize::from(closes)) };
            from = at + c.len_utf8();
        }
        if stops || at == body.len() {
            break;
        }
        at += c.len_utf8();
    }
    // A second field after wide white space ("…No. 85  Example Ltd") is no part of it, nor after any where enough has been
    // read; a number is ("Example Road 85").
    let value = body.get(..end)?.split("  ").next()?;
    let value = value.rsplit([':', '\u{ff1a}']).next().map(trim)?;
    let mut before = '\0';
    let mut cut = value.len();
    for (at, c) in value.char_indices() {
        let (head, rest) = value.split_at_checked(at)?;
        let number = before.is_ascii_digit() || first(trim_start(rest, is_blank)).is_ascii_digit();
        if is_blank(c)
            && !number
            && !goes_on(rest)
            && Reading::only(head, [group!("contact.address.part")]).of(group!("contact.address.part")).len() >= 3
        {
            cut = at;
            break;
        }
        before = c;
    }
    let value = value.get(..cut)?;
    // A bracket that never closes is none of it.
    let opened = value.rfind(['(', '\u{ff08}']).filter(|at| !part(value, *at, value.len()).contains([')', '\u{ff09}']));
    let value = trim_end(part(value, 0, opened.unwrap_or(value.len())), |c| is_blank(c) || is_comma(c));
    ADDRESS.contains(&count(value)).then_some(value)
}

/// Whether what stands behind a blank is more of an address: a word of its parts that names nobody.
fn goes_on(rest: &str) -> bool {
    let word = trim_start(rest, is_blank);
    let word = part(word, 0, word.find(is_blank).unwrap_or(word.len()));
    let words = Reading::new(word);
    let other = words.has(group!("company.form")) || LABELS.iter().any(|(label, _)| words.has(*label));
    !other && words.of(group!("contact.address.part")).len() >= 2
}

/// What a phrase behind a label of an address is.
enum Held {
    Address,
    /// Nothing, or a remark in brackets that may stand in an address.
    Remark,
    Other,
}

/// Characters of the number of a plot.
const PLOT: usize = 8;

/// Reads a phrase; the first must hold two parts of an address, the next ones another.
fn pieces(piece: &str, parts: &mut usize, bracketed: bool) -> Held {
    if trim(piece).is_empty() {
        return Held::Remark;
    }
    let words = Reading::new(piece);
    let held = words.of(group!("contact.address.part")).len();
    let labelled = LABELS.iter().any(|(label, _)| words.has(*label));
    if bracketed {
        let part_of_it =
            held > 0 && has(piece, |c| c.is_ascii_digit()) && !words.has(group!("company.form")) && !labelled;
        return if part_of_it { Held::Address } else { Held::Remark };
    }
    // "China (Shanghai) …": a place alone opens an address that its bracket divides.
    let opens =
        *parts == 0 && words.of(group!("company.place")).iter().any(|p| p.end() - p.start() == trim(piece).len());
    if opens {
        *parts += 1;
        return Held::Remark;
    }
    let enough = held >= if *parts == 0 { 2 } else { 1 };
    // "… N-1, N-2 …": the number of a plot.
    if *parts > 0
        && !labelled
        && count(piece) <= PLOT
        && has(piece, |c| c.is_ascii_digit())
        && !has(piece, is_ideograph)
    {
        return Held::Remark;
    }
    if !enough || labelled || words.has(group!("contact.reach")) {
        return if *parts == 0 || labelled || !enough { Held::Other } else { Held::Remark };
    }
    *parts += held;
    Held::Address
}
