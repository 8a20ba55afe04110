//! Practices, clauses and tables → what is collected, which permissions are asked for, and who else gets it.

use super::party::name;
use super::{Evidenced, Facts, Policy, words};
use crate::lexicon::{Group, Hit, Reading, fold, group, keys};
use crate::practices::{Action, Actor, Mode, Object, Practice, Receiver, Sure};
use crate::text::{Numbers, Span, count, hash, is_blank, is_opening, trim};

/// An item of information, by the key of its name (`item.…` in data/ui).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataItem {
    /// `phone`, `device-id`, …; `other` where no list knows it.
    pub key: &'static str,
    /// The words of the policy.
    pub text: String,
    /// What for.
    pub purpose: Option<String>,
    /// Whether the service needs it, where the policy says.
    pub required: Option<bool>,
    /// A practice says that we collect it; else it is only used, kept or named beside.
    pub sure: bool,
}

/// A system permission, by the key of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// `camera`, `location`, …; `other` where no list knows it.
    pub key: &'static str,
    /// The words of the policy.
    pub text: String,
    /// What for.
    pub purpose: Option<String>,
}

/// A named recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// As the policy names it.
    pub name: String,
    /// The legal entity behind it.
    pub company: Option<String>,
    /// `push`, `map`, `pay`, `login`, `ads`, `stats`, `share`, `cloud`, `identity` or `other`.
    pub role: &'static str,
    /// What for.
    pub purpose: Option<String>,
    /// What it gets.
    pub data: Option<String>,
    /// Its own policy.
    pub url: Option<String>,
    /// Named as a kit or behind a label: its company may follow.
    pub named_by_kit: bool,
}

/// Clauses between the name of a kit and the company behind it.
const NEXT_CLAUSES: usize = 3;
/// Affiliates that are told.
const MOST_AFFILIATES: usize = 100;

/// What is known already, by hashes of names: lists are long.
#[derive(Default)]
struct Known {
    items: Numbers,
    recipients: Numbers,
    permissions: Numbers,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut known = Known::default();
    let refuse = (0..policy.len())
        .find(|c| [group!("cookie"), group!("cookie.refuse"), group!("right.may")].iter().all(|g| policy.has(*c, *g)));
    // What is collected first: its clause states it.
    for practice in (0..policy.len()).flat_map(|clause| policy.practices(clause)).filter(|p| collected(p)) {
        items(policy, practice, facts, &mut known);
    }
    for clause in 0..policy.len() {
        for practice in policy.practices(clause) {
            if !collected(practice) {
                items(policy, practice, facts, &mut known);
            }
            kinds(policy, practice, facts);
            recipients(policy, practice, facts, &mut known);
        }
        listed(policy, clause, facts, &mut known);
        permissions(policy, clause, facts, &mut known);
        rows(policy, clause, facts, &mut known);
        affiliates(policy, clause, facts);
        if facts.cookies.is_none()
            && policy.has(clause, group!("cookie"))
            && policy.has(clause, group!("verb.collect")) | policy.headed(clause, group!("cookie"))
        {
            let mut value = Evidenced::new(refuse.is_some(), clause);
            if let Some(refuse) = refuse {
                value.add(refuse);
            }
            facts.cookies = Some(value);
        }
    }
    facts.data_items.sort_by_key(|item| item.clauses().first().copied());
    // A list of kits or companies is whole; single names in sentences are not.
    if !facts.third_parties.iter().any(|t| t.value.named_by_kit || t.value.company.is_some()) {
        for clause in 0..policy.len() {
            told(policy, clause, facts, &mut known);
        }
    }
}

/// Whether a practice states that we collect.
fn collected(practice: &Practice) -> bool {
    // Of a list that only its heading tells.
    let listed = practice.objects.iter().filter(|o| !o.generic).count() > 1;
    practice.collects() && (practice.sure > Sure::Guess || listed)
}

/// Recipients that a sentence names, for a policy in which no practice does.
fn told(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Known) {
    let practices = policy.practices(clause);
    let shares = practices.iter().any(Practice::shares) || policy.has(clause, group!("column.third"));
    // 'When you sign in with X': nothing is given to X.
    let source = policy.has(clause, group!("role.login"));
    if !shares || source || practices.iter().any(|p| p.mode == Mode::DoesNot) || policy.is_row(clause) {
        return;
    }
    let text = policy.text(clause);
    for hit in policy.hits(clause, group!("company.known")) {
        let name = words(text, hit);
        if [&facts.controller, &facts.product].into_iter().flatten().all(|own| !own.value.contains(name)) {
            receive(Recipient { name: name.into(), ..Recipient::default() }, clause, facts, known);
        }
    }
}

/// Adds a value, or its clause to the one at `known`.
fn put<T>(list: &mut Vec<Evidenced<T>>, known: Option<usize>, value: T, clause: usize) {
    match known.and_then(|at| list.get_mut(at)) {
        Some(known) if known.clauses().len() < 4 => known.add(clause),
        Some(_) => {}
        None => list.push(Evidenced::new(value, clause)),
    }
}

/// The same for a long list, with the places of its values by `id`.
fn put_known<T>(list: &mut Vec<Evidenced<T>>, known: &mut Numbers, id: u64, value: T, clause: usize) {
    let at = known.get(id);
    if at.is_none() {
        known.insert(id, list.len());
    }
    put(list, at, value, clause);
}

/// The hash of a word in whatever width and case.
fn folded(text: &str) -> u64 {
    hash(&text.chars().filter(|c| !is_blank(*c)).map(fold).collect::<String>())
}

/// Whether the practice says that information about the reader is had: collected, or put to use.
fn has(policy: &Policy<'_>, practice: &Practice, object: &Object) -> bool {
    let said = matches!(practice.mode, Mode::Does | Mode::OnlyIf);
    let defined = practice.sure == Sure::Guess
        && (policy.headed(practice.clause, group!("definition"))
            || policy.has(practice.clause, group!("definition.verb")));
    let collected = practice.action == Action::Collect;
    // What is used or handed on was collected; only what a list knows is surely of the reader.
    let held = matches!(practice.action, Action::Use | Action::Store | Action::Share)
        && practice.actor == Actor::We
        && practice.mode == Mode::Does
        && (object.key.is_some() || practice.action == Action::Store);
    // What the reader may see, change or delete is there.
    let kept = practice.action == Action::May && practice.mode == Mode::Does && object.key.is_some();
    said && !defined && !object.generic && (collected || held || kept)
}

fn items(policy: &Policy<'_>, practice: &Practice, facts: &mut Facts, known: &mut Known) {
    for object in practice.objects.iter().filter(|o| has(policy, practice, o)) {
        let text = policy.slice(object.span);
        let item = DataItem {
            key: object.key.unwrap_or("other"),
            text: text.into(),
            purpose: purpose(policy, &practice.purposes),
            required: None,
            sure: collected(practice),
        };
        put_known(&mut facts.data_items, &mut known.items, folded(text), item, practice.clause);
    }
}

/// The purposes as one phrase.
fn purpose(policy: &Policy<'_>, purposes: &[Span]) -> Option<String> {
    let (first, last) = (purposes.first()?, purposes.last()?);
    let whole = Span::new(first.start(), last.end());
    let text = policy.slice(whole);
    // Without the word that opens it.
    let words = Reading::new(text);
    let opener = [group!("practice.for"), group!("practice.to")].into_iter().filter_map(|g| words.of(g).first());
    let end = opener.filter(|h| h.start() == 0).map(Hit::end).max().unwrap_or(0);
    text.get(end..).filter(|t| count(t) <= LONGEST_PURPOSE && !t.is_empty()).map(|t| trim(t).into())
}

/// The longest purpose that is told, in characters.
const LONGEST_PURPOSE: usize = 120;

/// Whether a place is inside of quotes: part of a name.
fn quoted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").chars().rev().take(LONGEST_QUOTE);
    before.into_iter().find(|c| matches!(c, '\u{201c}' | '\u{201d}' | '\u{300a}' | '\u{300b}')).is_some_and(is_opening)
}

/// Characters of a name in quotes.
const LONGEST_QUOTE: usize = 30;

/// Items that a list knows, in a clause that collects or in a row, where no practice has named them.
fn listed(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Known) {
    let found = policy.practices(clause);
    if !policy.is_row(clause) && !found.iter().any(|p| p.collects() && !p.objects.is_empty()) {
        return;
    }
    let base = policy.clauses.get(clause).map_or(0, |c| c.span.start());
    for (key, group) in keys!("item.") {
        for hit in policy.hits(clause, group) {
            let inside = |s: Span| s.start() < base + hit.end() && base + hit.start() < s.end();
            let named = found.iter().any(|p| {
                p.objects.iter().any(|o| inside(o.span)) || p.conditions.iter().chain(&p.purposes).any(|s| inside(*s))
            });
            if named || quoted(policy.text(clause), hit.start()) || found.iter().any(|p| p.mode == Mode::DoesNot) {
                continue;
            }
            let text = words(policy.text(clause), hit);
            let item = DataItem { key, text: text.into(), purpose: None, required: None, sure: false };
            put_known(&mut facts.data_items, &mut known.items, folded(text), item, clause);
        }
    }
}

fn permissions(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Known) {
    if policy.is_row(clause) {
        for practice in policy.practices(clause).iter().filter(|p| p.action == Action::AskPermission) {
            for object in &practice.objects {
                let text = trim(policy.slice(object.span));
                let base = policy.clauses.get(clause).map_or(0, |c| c.span.start());
                let inside = |h: &Hit| object.span.start() <= base + h.start() && base + h.end() <= object.span.end();
                let key =
                    keys!("permission.").find(|(k, g)| *k != "word" && policy.hits(clause, *g).iter().any(inside));
                let key = key.map_or("other", |k| k.0);
                let purpose = purpose(policy, &practice.purposes);
                if (2..=LONGEST_PERMISSION).contains(&count(text)) {
                    let permission = Permission { key, text: text.into(), purpose };
                    put_known(&mut facts.permissions, &mut known.permissions, folded(text), permission, clause);
                }
            }
        }
        return;
    }
    let asking = policy.hits(clause, group!("permission.word"));
    let opening = policy.hits(clause, group!("practice.verb.ask"));
    if asking.is_empty() && opening.is_empty() {
        return;
    }
    for (key, group) in keys!("permission.") {
        for hit in policy.hits(clause, group) {
            // The word and its permission stand close together; what is opened follows its verb.
            let first = asking.partition_point(|w| w.end() + NEAR < hit.start());
            let mut close = asking.iter().skip(first).take_while(|w| w.start() <= hit.end() + NEAR);
            let near = close.any(|w| w.start() != hit.start());
            let before = opening.partition_point(|w| w.end() <= hit.start());
            let opened = before.checked_sub(1).and_then(|at| opening.get(at));
            let opened = opened.is_some_and(|w| hit.start() - w.end() <= NEXT) && OPENED.contains(&key);
            if key != "word" && (near || opened) {
                let text = words(policy.text(clause), hit);
                let permission = Permission { key, text: text.into(), purpose: None };
                put_known(&mut facts.permissions, &mut known.permissions, folded(text), permission, clause);
            }
        }
    }
}

/// Bytes between a permission and the word for permissions.
const NEAR: usize = 36;
/// Bytes between what opens a permission and its name: "your", "the device's".
const NEXT: usize = 12;
/// What is a permission where it is opened; other names say so themselves.
const OPENED: [&str; 8] = ["camera", "microphone", "location", "album", "contacts", "calendar", "bluetooth", "sms"];
/// The longest name of a permission, in characters.
const LONGEST_PERMISSION: usize = 40;

/// Kinds of recipients that a practice of giving names.
fn kinds(policy: &Policy<'_>, practice: &Practice, facts: &mut Facts) {
    if !practice.shares() {
        return;
    }
    let theirs = |r: &&Receiver| !r.name || !is_own(facts, trim(policy.slice(r.span)));
    let mut keys: Vec<&'static str> = practice.recipients.iter().filter(theirs).filter_map(|r| r.kind).collect();
    // Nobody learns of people from figures without them.
    let anonymous = policy.has(practice.clause, group!("practice.anonymous"));
    keys.retain(|key| *key != "public" || !anonymous);
    for key in keys {
        let known = facts.recipient_kinds.iter().position(|e| e.value == key);
        put(&mut facts.recipient_kinds, known, key, practice.clause);
    }
}

/// Recipients that a practice of giving names.
fn recipients(policy: &Policy<'_>, practice: &Practice, facts: &mut Facts, known: &mut Known) {
    if !practice.shares() || policy.is_row(practice.clause) {
        return;
    }
    for receiver in practice.recipients.iter().filter(|r| r.name) {
        let text = trim(policy.slice(receiver.span));
        let text = inside(facts, text);
        let own = is_own(facts, text);
        let sure = receiver.listed || receiver.kind == Some("sdk") || is_name(text);
        if own || !sure || receiver.kind == Some("affiliates") {
            continue;
        }
        let recipient = Recipient {
            name: text.into(),
            purpose: purpose(policy, &practice.purposes),
            named_by_kit: receiver.kind == Some("sdk"),
            ..Recipient::default()
        };
        receive(recipient, practice.clause, facts, known);
    }
}

/// Whether a name is that of the one that speaks.
fn is_own(facts: &Facts, text: &str) -> bool {
    let own = [&facts.controller, &facts.product].into_iter().flatten();
    own.into_iter().any(|own| own.value.contains(text) || text.starts_with(&own.value))
}

/// 'The X in Example': without the product that X is built in.
fn inside<'t>(facts: &Facts, text: &'t str) -> &'t str {
    let Some(product) = &facts.product else { return text };
    let Some(rest) = text.strip_prefix(product.value.as_str()) else { return text };
    let hit = Reading::new(rest);
    let end = hit.of(group!("practice.inside")).first().filter(|h| h.start() == 0).map(Hit::end);
    end.map_or(text, |end| trim(rest.get(end..).unwrap_or("")))
}

/// Whether words in a sentence are surely a name: a company's by its legal form, a known one, or in Latin letters. What a
/// frame alone took for a name may be any noun, and a card that says so is wrong.
fn is_name(text: &str) -> bool {
    let words = Reading::new(text);
    let sure = [group!("company.form"), group!("company.known")].into_iter().any(|g| words.has(g));
    let latin = text.chars().filter(char::is_ascii_alphabetic).count() >= SHORTEST_LATIN;
    (sure || latin) && !text.contains([')', '\u{ff09}']) | text.contains(['(', '\u{ff08}'])
}

/// Letters of a name in Latin.
const SHORTEST_LATIN: usize = 2;

/// A row of a table of recipients; where it names companies alone, each of them.
fn rows(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Known) {
    let Some((table, row)) = policy.row(clause) else { return };
    let Some(recipient) = row_recipient(policy, table, row) else { return };
    if recipient.company.as_ref() != Some(&recipient.name) {
        receive(recipient, clause, facts, known);
        return;
    }
    let bracketed = recipient.name.contains(['(', '\u{ff08}']);
    let names = recipient.name.split(|c| matches!(c, '\u{3001}' | '/') && !bracketed);
    for name in names.map(trim).filter(|n| !n.is_empty()) {
        // Not the one that speaks.
        if Reading::only(name, [group!("practice.we")]).of(group!("practice.we")).iter().all(|h| h.start() > 0) {
            let (name, company) = (name.to_owned(), Some(name.to_owned()));
            receive(Recipient { name, company, ..recipient.clone() }, clause, facts, known);
        }
    }
}

/// "Our affiliates include …".
fn affiliates(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    if policy.is_row(clause) {
        return;
    }
    let among = policy.hits(clause, group!("company.among"));
    let forms = policy.hits(clause, group!("company.form"));
    if forms.is_empty() {
        return;
    }
    let text = policy.text(clause);
    let lists = |hit: &&Hit| {
        let behind = text.get(hit.end()..).unwrap_or("");
        among.binary_search_by_key(&hit.end(), Hit::start).is_ok()
            || forms.iter().any(|f| name(text, f.start(), f.end()).is_some_and(|n| behind.starts_with(n)))
    };
    if let Some(hit) = policy.hits(clause, group!("recipient.affiliates")).iter().take(8).find(lists) {
        for form in forms.iter().filter(|f| f.start() > hit.start()) {
            if let Some(name) = name(text, form.start(), form.end())
                && facts.affiliates.len() < MOST_AFFILIATES
            {
                let known = facts.affiliates.iter().position(|a| a.value == name);
                put(&mut facts.affiliates, known, name.to_string(), clause);
            }
        }
    }
}

/// What a recipient does: by its name, else by what it is for.
fn role(recipient: &Recipient) -> &'static str {
    let by = |text: &str| {
        let reading = Reading::new(text);
        keys!("role.").find(|(_, g)| reading.has(*g)).map(|(key, _)| key)
    };
    by(&recipient.name).or_else(|| by(recipient.purpose.as_deref()?)).unwrap_or("other")
}

fn receive(mut recipient: Recipient, clause: usize, facts: &mut Facts, known: &mut Known) {
    // A company that is told right behind a kit's name is the one behind it.
    let formed = |name: &str| {
        Reading::only(name, [group!("company.form")])
            .of(group!("company.form"))
            .last()
            .is_some_and(|h| h.end() == name.len())
    };
    if recipient.company.is_none() && formed(&recipient.name) {
        if let Some(last) = facts.third_parties.last_mut()
            && last.clauses().last().is_some_and(|c| *c <= clause && clause - *c <= NEXT_CLAUSES)
            && last.value.company.is_none()
            && !formed(&last.value.name)
            && last.value.named_by_kit
        {
            last.value.company = Some(recipient.name);
            return;
        }
        recipient.company = Some(recipient.name.clone());
    }
    recipient.role = role(&recipient);
    // With and without the word for a kit it is one.
    let name = trim(recipient.name.trim_end_matches(|c: char| c.is_ascii_alphabetic() && "SDKsdk".contains(c)));
    let key = folded(if count(name) > 1 { name } else { &recipient.name }).rotate_left(1)
        ^ recipient.company.as_deref().map_or(0, hash);
    put_known(&mut facts.third_parties, &mut known.recipients, key, recipient, clause);
}

/// A row of a table that has a column for a recipient's name or company.
fn row_recipient(policy: &Policy<'_>, table: usize, row: usize) -> Option<Recipient> {
    let columns = policy.columns(table);
    let said = |column: usize| Some(policy.cell(table, row, column)).filter(|c| !c.is_empty()).map(String::from);
    let cell = |group: Group| columns.iter().position(|c| c.has(group)).and_then(said);
    // The name of information is no name of a recipient.
    let naming = |c: &Reading<'_>| c.has(group!("column.name")) && !c.has(group!("column.data"));
    let naming = columns.iter().position(naming);
    let name = naming.and_then(said);
    // 'Name of the third party' beside 'name of the company': the other one is the company's.
    let mut companies = (0..columns.len()).filter(|c| columns.get(*c).is_some_and(|c| c.has(group!("column.company"))));
    let first = companies.next();
    let company = companies.chain(first).find(|c| Some(*c) != naming).or(first).and_then(said);
    if company.is_none() && !(name.is_some() && columns.iter().any(|c| c.has(group!("column.third")))) {
        return None;
    }
    let mut cells = (0..columns.len()).map(|column| policy.cell(table, row, column));
    Some(Recipient {
        name: name.or_else(|| company.clone())?,
        company,
        purpose: cell(group!("column.purpose")),
        data: cell(group!("column.data")),
        url: cells.find(|c| c.starts_with("http")).map(String::from),
        role: "",
        named_by_kit: false,
    })
}
