//! Practices, clauses and tables → what is collected and who else gets it; which permissions: [`permissions`].

use super::company::name;
use super::{Evidenced, Facts, Policy, permissions, words};
use crate::lexicon::{Hit, Reading, fold, group, keys, terms};
use crate::practices::rows::{self, Column};
use crate::practices::{self, Action, Actor, Mode, Object, Practice, Receiver, Sure};
use crate::text::{
    Numbers, Span, count, has, hash, is_blank, is_colon, is_comma, is_ideograph, is_opening, is_terminal, part, trim,
};

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
/// So many kits or companies are a list.
const LIST: usize = 2;
/// Affiliates that are told.
const MOST_AFFILIATES: usize = 100;

/// What is known already, by hashes of names: lists are long.
#[derive(Default)]
struct Known {
    items: Numbers,
    recipients: Numbers,
    permissions: Numbers,
}

/// Clauses behind one on cookies that go on about them.
const ON_COOKIES: usize = 3;

/// The clause that says how to refuse cookies: it names them, or goes on about them.
fn refusal(policy: &Policy<'_>) -> Option<usize> {
    let may = |c: usize| policy.has(c, group!("right.may")) || policy.has(c, group!("grant.may"));
    (0..policy.len()).filter(|c| policy.has(*c, group!("cookie.refuse")) && may(*c)).find(|c| {
        let before = (c.saturating_sub(ON_COOKIES)..*c).any(|before| policy.has(before, group!("cookie")));
        let goes_on = before || policy.headed(*c, group!("cookie"));
        policy.has(*c, group!("cookie")) || goes_on && policy.has(*c, group!("cookie.these"))
    })
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut known = Known::default();
    let refuse = refusal(policy);
    // What is collected first: its clause states it.
    for practice in (0..policy.len()).flat_map(|clause| policy.practices(clause)).filter(|p| collected(p)) {
        items(policy, practice, facts, &mut known);
    }
    for clause in 0..policy.len() {
        affiliates(policy, clause, facts);
        titled(policy, clause, facts, &mut known);
        for practice in policy.practices(clause) {
            if !collected(practice) {
                items(policy, practice, facts, &mut known);
            }
            kinds(policy, practice, facts);
            recipients(policy, practice, facts, &mut known);
        }
        permissions::read(policy, clause, facts, &mut known.permissions);
        rows(policy, clause, facts, &mut known);
        if facts.cookies.is_none()
            && policy.has(clause, group!("cookie"))
            && !policy.practices(clause).iter().any(|p| p.mode == Mode::DoesNot)
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
    let listed = facts.third_parties.iter().filter(|t| t.value.named_by_kit || t.value.company.is_some());
    if listed.take(LIST).count() < LIST {
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
        // The host of an address is none.
        if part(text, 0, hit.start()).ends_with('@') || part(text, hit.end(), text.len()).starts_with(['@', '.']) {
            continue;
        }
        if [&facts.controller, &facts.product].into_iter().flatten().all(|own| !own.value.contains(name)) {
            receive(Recipient { name: name.into(), ..Recipient::default() }, clause, facts, known);
        }
    }
}

/// Adds a value, or its clause to the one at `known`.
pub(super) fn put<T>(list: &mut Vec<Evidenced<T>>, known: Option<usize>, value: T, clause: usize) {
    match known.and_then(|at| list.get_mut(at)) {
        Some(known) if known.clauses().len() < 4 => known.add(clause),
        Some(_) => {}
        None => list.push(Evidenced::new(value, clause)),
    }
}

/// The same for a long list, with the places of its values by `id`.
pub(super) fn put_known<T>(list: &mut Vec<Evidenced<T>>, known: &mut Numbers, id: u64, value: T, clause: usize) {
    let at = known.get(id);
    if at.is_none() {
        known.insert(id, list.len());
    }
    put(list, at, value, clause);
}

/// The hash of a word in whatever width and case.
pub(super) fn folded(text: &str) -> u64 {
    hash(&text.chars().filter(|c| !is_blank(*c)).map(fold).collect::<String>())
}

/// What a practice says of the information that it names: whether, and of which, it is had.
struct Had {
    /// It is collected.
    collected: bool,
    /// It is used, kept or handed on by us: it was collected.
    held: bool,
    /// … whatever it is: it is kept, or most of what stands there is information of the reader's that a list knows.
    whatever: bool,
    /// The reader may see, change or delete it.
    kept: bool,
    /// It says so only of what a list knows.
    known: bool,
    /// One thing alone is named.
    lone: bool,
}

impl Had {
    /// Reads a practice. Linear in its objects.
    fn of(policy: &Policy<'_>, practice: &Practice) -> Option<Self> {
        let (clause, sure) = (practice.clause, practice.sure);
        let defined = || policy.headed(clause, group!("definition")) || policy.has(clause, group!("definition.verb"));
        if !matches!(practice.mode, Mode::Does | Mode::OnlyIf) || sure == Sure::Guess && defined() {
            return None;
        }
        let does = practice.mode == Mode::Does;
        let items = || practice.objects.iter().filter(|o| !o.generic);
        let (known, all) = (items().filter(|o| o.key.is_some()).count(), items().count());
        // An example of what may be under way ('when data such as X is exchanged') says nothing.
        let inside = |s: &Span| s.start() <= practice.verb.start() && practice.verb.start() < s.end();
        let held = matches!(practice.action, Action::Use | Action::Store | Action::Share)
            && practice.actor == Actor::We
            && does
            && !practice.conditions.iter().any(inside);
        // That one may change a password is advice.
        let kept = practice.action == Action::May
            && does
            && !policy.has(clause, group!("practice.permission"))
            && manages(policy.slice(practice.verb));
        // One word that no list knows, under a heading that collects, may be anything; so may what the reader sees: 'see the
        // rules, the results of games'.
        let guessed = practice.actor == Actor::We && sure == Sure::Guess && all < 2;
        let seen = || practice.subject.is_none() && sees(policy.slice(practice.verb));
        let collected = practice.action == Action::Collect;
        Some(Self {
            collected,
            held,
            whatever: known * 2 > all || practice.action == Action::Store,
            kept,
            known: guessed || collected && seen(),
            lone: all < 2,
        })
    }

    /// Whether the information about the reader that an object names is had.
    fn has(&self, policy: &Policy<'_>, object: &Object) -> bool {
        let text = policy.slice(object.span);
        let told = match object.key {
            Some(key) => self.collected || self.held || self.kept && key != "password",
            // A part of the device, or a lone word of another script, is nothing that a list would miss.
            None if self.known || is_part(text) || self.lone && !has(text, is_ideograph) => false,
            None => self.collected || self.held && self.whatever,
        };
        told && !object.generic
    }
}

/// Whether a verb only looks at something, and opens nothing.
fn sees(verb: &str) -> bool {
    let words = Reading::only(verb, [group!("right.access"), group!("permission.open")]);
    words.has(group!("right.access")) && !words.has(group!("permission.open"))
}

/// Whether words name a part of the device: it is opened, nothing is taken with it.
fn is_part(text: &str) -> bool {
    let parts = [group!("permission.camera"), group!("permission.microphone"), group!("permission.storage")];
    let words = Reading::only(text, parts);
    parts.into_iter().any(|g| words.of(g).first().is_some_and(|h| h.start() == 0 && h.end() == text.len()))
}

/// Whether a verb is one of seeing, changing or deleting information.
fn manages(verb: &str) -> bool {
    let rights = [group!("right.access"), group!("right.correct"), group!("right.delete"), group!("right.supplement")];
    let words = Reading::only(verb, rights);
    rights.into_iter().any(|g| words.has(g))
}

fn items(policy: &Policy<'_>, practice: &Practice, facts: &mut Facts, known: &mut Known) {
    let Some(had) = Had::of(policy, practice) else { return };
    let sure = collected(practice);
    let purpose = purpose(policy, &practice.purposes).or_else(|| purpose_behind(policy, practice.clause));
    for object in practice.objects.iter().filter(|o| had.has(policy, o)) {
        let text = policy.slice(object.span);
        let (key, purpose) = (object.key.unwrap_or("other"), purpose.clone());
        let item = DataItem { key, text: text.into(), purpose, required: None, sure };
        put_known(&mut facts.data_items, &mut known.items, folded(text), item, practice.clause);
    }
}

/// What for, says the next sentence of the paragraph: 'this information is used to …'.
fn purpose_behind(policy: &Policy<'_>, clause: usize) -> Option<String> {
    let next = clause + 1;
    let refers = policy.hits(next, group!("practice.these")).first().is_some_and(|h| h.start() == 0);
    let uses = |p: &&Practice| p.mode == Mode::Does && p.objects.iter().all(|o| o.generic);
    let practice = || policy.practices(next).iter().filter(uses).find_map(|p| purpose(policy, &p.purposes));
    // 'These are used for …' has no verb but its purpose.
    let text = policy.text(next);
    let opener = policy.hits(next, group!("practice.for")).first();
    let bare = || {
        let rest = text.get(opener?.end()..)?;
        let told = trim(rest.get(..rest.find(is_terminal).unwrap_or(rest.len()))?);
        Some(told).filter(|t| !t.is_empty() && count(t) <= LONGEST_PURPOSE).map(String::from)
    };
    if refers && policy.same_block(clause, next) { practice().or_else(bare) } else { None }
}

/// The last of the purposes, which is the verb's own, with those that it goes on from, as one phrase.
pub(super) fn purpose(policy: &Policy<'_>, purposes: &[Span]) -> Option<String> {
    let last = purposes.last()?;
    let runs_on = |next: usize, before: &Span| before.end() + COMMA >= next;
    let start = purposes
        .iter()
        .rev()
        .skip(1)
        .fold(last.start(), |start, before| if runs_on(start, before) { before.start() } else { start });
    let whole = Span::new(start, last.end());
    let text = policy.slice(whole);
    // Without the word that opens it.
    let openers = [group!("practice.for"), group!("practice.to")];
    let words = Reading::only(super::head(text, LONGEST_OPENER), openers);
    let opener = openers.into_iter().filter_map(|g| words.of(g).first());
    let end = opener.filter(|h| h.start() == 0).map(Hit::end).max().unwrap_or(0);
    text.get(end..).filter(|t| count(t) <= LONGEST_PURPOSE && !t.is_empty()).map(|t| trim(t).into())
}

/// Bytes between two purposes that are one phrase: a comma and a conjunction.
const COMMA: usize = 9;

/// Characters in which the word that opens a purpose stands; longer than any.
const LONGEST_OPENER: usize = 30;

/// The longest purpose that is told, in characters.
const LONGEST_PURPOSE: usize = 120;

/// Whether what stands at a place is denied in its own stretch: 'we will not …'.
pub(super) fn denied(policy: &Policy<'_>, clause: usize, at: usize) -> bool {
    let nots = policy.hits(clause, group!("practice.not"));
    let next = nots.partition_point(|h| h.end() <= at);
    let between = |h: &Hit| policy.text(clause).get(h.end()..at).unwrap_or("");
    // What a bracket says goes on within it.
    let bracket = |text: &str| Some((text.find(['(', '\u{ff08}'])?, text.rfind([')', '\u{ff09}'])?));
    let stops = |text: &str| has(text, |c| is_comma(c) || is_terminal(c));
    next.checked_sub(1).and_then(|i| nots.get(i)).is_some_and(|h| {
        let text = between(h);
        let (open, close) = bracket(text).unwrap_or((text.len(), text.len()));
        !stops(text.get(..open).unwrap_or(text)) && !stops(text.get(close..).unwrap_or(""))
    })
}

/// Kinds of recipients that a practice of giving names.
fn kinds(policy: &Policy<'_>, practice: &Practice, facts: &mut Facts) {
    if !practice.shares() && !practice.collects() {
        return;
    }
    // 'Unless you agree, we will not give …': nobody is said to get it.
    let base = policy.clauses.get(practice.clause).map_or(0, |c| c.span.start());
    if practice.mode == Mode::OnlyIf && denied(policy, practice.clause, practice.verb.start() - base) {
        return;
    }
    let theirs = |r: &&Receiver| !r.name || !is_own(facts, trim(policy.slice(r.span)));
    let given = practice.recipients.iter().filter(|_| practice.shares());
    let mut keys: Vec<&'static str> = given.filter(theirs).filter_map(|r| r.kind).collect();
    // What is published of somebody, everybody sees.
    let published = practice.action == Action::Publish && practice.mode == Mode::Does;
    if published && practice.actor == Actor::We && practice.objects.iter().any(|o| o.key.is_some()) {
        keys.push("public");
    }
    // Nobody learns of people from figures without them.
    let anonymous = policy.has(practice.clause, group!("practice.anonymous"));
    keys.retain(|key| *key != "public" || !anonymous);
    // 'So that others are shown it'.
    keys.extend(
        practice.purposes.iter().filter(|_| practice.mode == Mode::Does).filter_map(|p| shown(policy.slice(*p))),
    );
    for key in keys {
        let known = facts.recipient_kinds.iter().position(|e| e.value == key);
        put(&mut facts.recipient_kinds, known, key, practice.clause);
    }
}

/// Who is shown something, says a purpose: 'to show it to other users'.
fn shown(purpose: &str) -> Option<&'static str> {
    let (users, shows) = (group!("recipient.users"), group!("practice.verb.share"));
    let words = Reading::only(purpose, [users, shows, group!("practice.toward"), group!("practice.you")]);
    // 'So that you can send it to others'.
    let reader = words.of(group!("practice.you")).first().map_or(usize::MAX, Hit::start);
    let to = |h: &&Hit| words.before(group!("practice.toward"), 0, h.start()).is_some_and(|to| to.start() < reader);
    let user = words.of(users).iter().find(to)?;
    words.of(shows).iter().any(|h| h.start() == user.end()).then_some("users")
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
        let affiliate = facts.affiliates.iter().any(|a| a.value.contains(text));
        if own || affiliate || !sure || receiver.kind == Some("affiliates") {
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

/// Kits that the title of a section names, told with its first clause.
fn titled(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Known) {
    let section = |at: usize| policy.clauses.get(at).map(crate::clauses::Clause::section);
    let Some(own) = section(clause).filter(|own| clause.checked_sub(1).and_then(section) != Some(*own)) else { return };
    let title = policy.tokens.title(own);
    if !title.has(group!("practice.kit")) {
        return;
    }
    for span in practices::kits(&title) {
        let name = trim(title.text.get(span.start()..span.end()).unwrap_or(""));
        if !is_own(facts, name) {
            receive(Recipient { name: name.into(), named_by_kit: true, ..Recipient::default() }, clause, facts, known);
        }
    }
}

/// Whether a name is that of the one that speaks.
fn is_own(facts: &Facts, text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let own = |own: &Option<Evidenced<String>>| own.as_ref().map(|own| own.value.to_ascii_lowercase());
    own(&facts.controller).is_some_and(|own| own.contains(&text) || text.contains(&own))
        || own(&facts.product).is_some_and(|own| own.contains(&text) || text.starts_with(&own))
}

/// 'The X in Example': without the product that X is built in.
fn inside<'t>(facts: &Facts, text: &'t str) -> &'t str {
    let Some(product) = &facts.product else { return text };
    let Some(rest) = text.strip_prefix(product.value.as_str()) else { return text };
    let hit = Reading::only(rest, [group!("practice.inside")]);
    let end = hit.of(group!("practice.inside")).first().filter(|h| h.start() == 0).map(Hit::end);
    end.map_or(text, |end| trim(rest.get(end..).unwrap_or("")))
}

/// Whether words in a sentence are surely a name: a company's by its legal form, a known one, or in Latin letters. What a
/// frame alone took for a name may be any noun, and a card that says so is wrong.
fn is_name(text: &str) -> bool {
    let names = [group!("company.form"), group!("company.known")];
    let words = Reading::only(text, names);
    let sure = names.into_iter().any(|g| words.has(g));
    // 'Example that finishes the delivery' is a sentence.
    let latin = text.chars().filter(char::is_ascii_alphabetic).count() >= SHORTEST_LATIN
        && text.chars().filter(|c| is_ideograph(*c)).count() <= BESIDE_LATIN;
    (sure || latin) && !text.contains([')', '\u{ff09}']) | text.contains(['(', '\u{ff08}'])
}

/// Letters of a name in Latin.
const SHORTEST_LATIN: usize = 2;
/// Ideographs beside them.
const BESIDE_LATIN: usize = 4;

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

/// "Our affiliates include …", "our affiliate Example Ltd.": the names right behind the word for them.
fn affiliates(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    let forms = policy.hits(clause, group!("company.form"));
    if policy.is_row(clause) || forms.is_empty() {
        return;
    }
    let text = policy.text(clause);
    for hit in policy.hits(clause, group!("recipient.affiliates")).iter().take(8) {
        let mut at = behind_opener(policy, clause, hit.end());
        for form in forms.iter().filter(|f| f.start() > hit.end()) {
            let Some(found) = name(text, form.start(), form.end()) else { break };
            let start = found.as_ptr() as usize - text.as_ptr() as usize;
            let end = start + found.len();
            let between = text.get(at..start.max(at)).unwrap_or("");
            let own = text.get(at.max(start)..end).map_or("", trim);
            if !between.chars().all(|c| is_blank(c) || is_opening(c)) || own.is_empty() {
                break;
            }
            if facts.affiliates.len() < MOST_AFFILIATES {
                let known = facts.affiliates.iter().position(|a| a.value == own);
                put(&mut facts.affiliates, known, own.to_string(), clause);
            }
            at = behind_joint(text, end);
        }
    }
}

/// Past the words and marks between a word for companies and their names: "such as", "include", a colon.
fn behind_opener(policy: &Policy<'_>, clause: usize, mut at: usize) -> usize {
    let text = policy.text(clause);
    let openers =
        [group!("company.among"), group!("company.define"), group!("practice.such"), group!("practice.include")];
    loop {
        let rest = text.get(at..).unwrap_or("");
        let marks = rest.len() - rest.trim_start_matches(|c| is_blank(c) || is_opening(c) || is_comma(c)).len();
        at += marks;
        let word = openers.iter().find_map(|g| policy.hits(clause, *g).iter().find(|h| h.start() == at));
        match word {
            Some(hit) => at = hit.end(),
            None if marks == 0 => return at,
            None => {}
        }
    }
}

/// Past what joins names of a list.
fn behind_joint(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let joint = terms(group!("company.join")).iter().filter(|t| rest.starts_with(**t)).map(|t| t.len()).max();
    at + joint.unwrap_or(0)
}

/// What a recipient does: by its name, else by what it is for.
fn role(recipient: &Recipient) -> &'static str {
    let by = |text: &str| {
        let reading = Reading::only(text, keys!("role.").map(|(_, group)| group));
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
    if rows::stands(policy.document, policy.columns(table), table) {
        return (row == 0).then(|| standing(policy, table)).flatten();
    }
    let kinds: Vec<Column> = policy.columns(table).iter().map(Column::of).collect();
    let cells = |kind: Column| {
        let columns = kinds.iter().enumerate().filter(move |(_, k)| **k == kind);
        columns.map(|(at, _)| policy.cell(table, row, at)).filter(|c| !c.is_empty()).map(String::from)
    };
    let mut companies = cells(Column::Company);
    // 'Name of the third party' beside 'name of the company': the other one is the company's.
    let name = cells(Column::Name).next().or_else(|| companies.next())?;
    let third = policy.columns(table).iter().any(|c| c.has(group!("column.third")));
    if !third && !kinds.contains(&Column::Company) {
        return None;
    }
    let company = companies.next().or_else(|| cells(Column::Company).next());
    let url = (0..kinds.len()).map(|column| policy.cell(table, row, column)).find(|c| c.starts_with("http"));
    Some(Recipient {
        name: field(&name).into(),
        company,
        purpose: cells(Column::Purpose).next(),
        data: cells(Column::Data).next(),
        url: url.map(String::from),
        role: "",
        named_by_kit: false,
    })
}

/// What a cell says before the label of another field: 'Example purpose: …'.
fn field(cell: &str) -> &str {
    let next = cell.find(is_colon).and_then(|colon| cell.get(..colon)?.trim_end().rfind(is_blank));
    trim(next.and_then(|next| cell.get(..next)).unwrap_or(cell))
}

/// A table that stands on its side tells of one recipient, a row a label.
fn standing(policy: &Policy<'_>, table: usize) -> Option<Recipient> {
    let rows = policy.document.tables.get(table)?.len();
    let [head, first] = policy.columns(table) else { return None };
    let told = (0..rows).map(|row| (Column::of(&Reading::new(policy.cell(table, row, 0))), policy.cell(table, row, 1)));
    let told: Vec<(Column, &str)> = std::iter::once((Column::of(head), first.text)).chain(told).collect();
    let of = |kind: Column| told.iter().find(|t| t.0 == kind && !t.1.is_empty()).map(|t| t.1.to_owned());
    let company = of(Column::Company);
    let name = of(Column::Name).or_else(|| company.clone())?;
    let (purpose, data) = (of(Column::Purpose), of(Column::Data));
    Some(Recipient { name, company, purpose, data, ..Recipient::default() })
}
