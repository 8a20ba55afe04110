//! Lists and checklist → tables and entries, every cell with the way to the clause that says it.
//!
//! The same tree is the reader's tabs and the static page's end. With a script each cell is a link of its own; without one
//! the last column holds the links. A column of which nothing was read is named below the table instead of repeated in it.

use super::index::{Index, Order};
use super::{Element, Look, Node, element};
use crate::blocks::safe_target;
use crate::lexicon::messages::Messages;
use crate::lists::{KINDS, List, NONE, Row};
use crate::text::join;
use crate::view::{CheckView, View};

/// Of so many places a row or an item names each: more prove no more.
const MOST_PLACES: usize = 3;

/// A quoted clause is cut behind so many characters.
const QUOTE: usize = 72;

/// What a tab of the reader holds: `lists` or, by any other name, the checklist.
#[must_use]
pub fn pane(view: &View, messages: &Messages, look: &Look, name: &str) -> Node {
    let order = Order::of(view);
    let index = Index::new(view, messages, &order).shown_by(look);
    if name == "lists" { lists(&index).into() } else { checklist(&index).into() }
}

/// All lists of a policy, then the checklist, as a static page shows them.
#[must_use]
pub fn all(view: &View, messages: &Messages) -> Element {
    let look = Look::default();
    let order = Order::of(view);
    let index = Index::new(view, messages, &order).shown_by(&look);
    let titled = |list: &List, part: Element| {
        let part =
            element("section").class("list").with("id", index.id(&format!("policy-list-{}", list.kind))).child(part);
        Element { children: [vec![element("h2").text(&list.title).into()], part.children].concat(), ..part }
    };
    let lists = KINDS.iter().map(|kind| crate::lists::list(view, messages, kind));
    let lists = element("div").class("lists").children(lists.map(|list| titled(&list, table(&index, &list))));
    if view.checklist.is_empty() {
        return lists;
    }
    let title = element("h2").text(messages.text("lists.check.title"));
    let check = element("section").class("list").with("id", "policy-checklist");
    lists.child(check.child(title).child(checklist(&index)))
}

/// The three lists, each under a tab of its own.
fn lists(index: &Index) -> Element {
    let m = index.messages;
    let lists = KINDS.map(|kind| crate::lists::list(index.view, m, kind));
    // The first that has a row stands open.
    let open = lists.iter().position(|list| !list.rows.is_empty()).unwrap_or(0);
    let mut tabs = element("div").class("seg").with("role", "tablist").with("aria-label", m.text("lists.which"));
    let mut panels = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        let (tab, panel) = (format!("policy-tab-{}", list.kind), format!("policy-list-{}", list.kind));
        let (tab, panel) = (index.id(&tab), index.id(&panel));
        let button = element("button")
            .with("type", "button")
            .with("role", "tab")
            .with("id", &tab)
            .with("aria-controls", &panel)
            .with("aria-selected", if at == open { "true" } else { "false" })
            .with("tabindex", if at == open { "0" } else { "-1" })
            .with("data-list", list.kind);
        let count = element("span").class("num").text(list.rows.len().to_string());
        let short = m.title("lists.short", list.kind);
        tabs = tabs.child(button.text(short).text(" ").child(count));
        let part = element("section").class("list").with("role", "tabpanel").with("id", panel);
        let part = part.with("aria-labelledby", tab).with("data-list", list.kind).child(table(index, list));
        panels.push(if at == open { part } else { part.with("hidden", "") });
    }
    element("div").class("lists").child(element("div").class("list-tools").child(tabs)).children(panels)
}

/// A list as a table, or the sentence that there is nothing in it; below it the columns of which nothing was read.
fn table(index: &Index, list: &List) -> Element {
    let m = index.messages;
    let holder = element("div").class("listed");
    if list.rows.is_empty() {
        return holder.child(element("p").class("none").text(m.text("lists.none")));
    }
    let any =
        |at: usize, is: fn(&str) -> bool| list.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| is(cell)));
    let read = |at: &usize| *at == 0 || any(*at, |cell| !cell.is_empty() && cell != NONE);
    let (shown, mut shut): (Vec<usize>, Vec<usize>) = (0..list.columns.len()).partition(read);
    shut.retain(|at| any(*at, str::is_empty));
    let name = |at: &usize| list.columns.get(*at).map_or("", String::as_str);
    let mut head = element("tr").with("role", "row");
    for at in &shown {
        let key = list.keys.get(*at).copied().unwrap_or("");
        head = head.child(column(index, name(at), key));
    }
    head = head.child(column(index, m.text("lists.column.source"), ""));
    let rows = list.rows.iter().map(|row| self::row(index, list, row, &shown));
    let table = element("table")
        .with("role", "table")
        .with("aria-label", &list.title)
        .child(element("thead").with("role", "rowgroup").child(head))
        .child(element("tbody").with("role", "rowgroup").children(rows));
    let holder = holder.child(table);
    if shut.is_empty() {
        return holder;
    }
    let names: Vec<&str> = shut.iter().map(name).collect();
    let said = m.fill("lists.shut", &[("columns", &m.join("list.comma", &names))]);
    holder.child(element("p").class("shut").text(said))
}

fn column(index: &Index, name: &str, key: &'static str) -> Element {
    let head = element("th").with("scope", "col").with("role", "columnheader");
    if !index.controls || key.is_empty() {
        return head.text(name);
    }
    head.child(element("button").with("type", "button").with("data-sort", key).text(name))
}

fn row(index: &Index, list: &List, row: &Row, shown: &[usize]) -> Element {
    let m = index.messages;
    let mut out = element("tr").with("role", "row");
    for at in shown {
        let text = row.cells.get(*at).map_or("", String::as_str);
        let cell = if *at == 0 {
            element("th").with("scope", "row").with("role", "rowheader")
        } else {
            named(index, element("td").with("role", "cell"), list.columns.get(*at).map_or("", String::as_str))
        };
        let content: Node = match list.keys.get(*at) {
            _ if text.is_empty() => element("span").class("open").text(m.text("lists.open")).into(),
            Some(&"policy") => match safe_target(text) {
                Some(href) => element("a").with("href", href).with("rel", "noopener noreferrer").text(text).into(),
                None => Node::Text(text.into()),
            },
            _ => linked(index, row, text),
        };
        out = out.child(cell.child(content));
    }
    let source = named(index, element("td").with("role", "cell").class("jump"), m.text("lists.column.source"));
    out.child(source.children(places(index, &row.evidence)))
}

/// On a phone a row is a block, and each cell in it has the name of its column.
fn named(index: &Index, cell: Element, name: &str) -> Element {
    if index.controls { cell.with("data-k", name) } else { cell }
}

/// A cell's text as a link to the first clause that says it; one link of a row is enough for a keyboard.
fn linked(index: &Index, row: &Row, text: &str) -> Node {
    let Some(clause) = row.evidence.first().filter(|_| index.controls) else { return Node::Text(text.into()) };
    let link = element("a").class("cell").with("href", index.fragment(clause)).with("data-goto", clause);
    link.with("tabindex", "-1").text(text).into()
}

/// Links to the places of clauses, each place once.
fn places(index: &Index, evidence: &[String]) -> Vec<Element> {
    let mut known: Vec<String> = Vec::new();
    let mut links = Vec::new();
    for clause in evidence {
        let Some(place) = index.place(clause) else { continue };
        let name = join(&[place.number.as_str(), place.title], &[""]);
        if known.contains(&name) {
            continue;
        }
        known.push(name);
        let number = (!place.number.is_empty()).then(|| element("span").class("n").text(&place.number));
        let link = element("a").class("to").with("href", index.fragment(clause)).with("data-goto", clause);
        links.push(index.own_words(link).child(element("span").class("s").children(number).text(place.title)));
        if links.len() == MOST_PLACES {
            break;
        }
    }
    links
}

/// What the law asks for, and what was found of it.
fn checklist(index: &Index) -> Element {
    let m = index.messages;
    let checks = &index.view.checklist;
    let items = checks.iter().map(|item| check(index, item));
    let list = element("ul").class("checks").with("role", "list").children(items);
    let holder =
        element("div").class("checked").child(element("p").class("note-line").text(m.text("lists.check.note")));
    if !index.controls {
        return holder.child(list);
    }
    let count = |verdict: &str| checks.iter().filter(|item| verdict.is_empty() || item.verdict == verdict).count();
    let filters = ["", "not-mentioned", "check", "stated"].map(|verdict| {
        let title = m.title("lists.check", if verdict.is_empty() { "all" } else { verdict });
        let number = element("span").class("num").text(count(verdict).to_string());
        element("button")
            .with("type", "button")
            .with("aria-pressed", if verdict.is_empty() { "true" } else { "false" })
            .with("data-verdict", verdict)
            .text(title)
            .text(" ")
            .child(number)
    });
    let group = element("div").class("seg").with("role", "group").with("aria-label", m.text("lists.filter"));
    holder.child(element("div").class("list-tools").child(group.children(filters))).child(list)
}

fn check(index: &Index, item: &CheckView) -> Element {
    let m = index.messages;
    let verdict = element("span").class("verdict").text(m.title("verdict", item.verdict));
    let mut said = element("div")
        .child(element("h3").text(m.title("check", item.item)))
        .child(element("p").class("law").text(law(m, item.law)));
    let quoted = item.evidence.first().and_then(|id| Some((id, index.clause(id)?)));
    if let Some((id, clause)) = quoted {
        let text = m.fill("lists.quote", &[("text", &cut(clause.text.trim()))]);
        let mut evidence = element("a").class("evidence").with("href", index.fragment(id)).with("data-goto", id);
        evidence = index.own_words(evidence).text(text).text(" ");
        if let Some(place) = index.place(id) {
            let number = (!place.number.is_empty()).then(|| element("span").class("n").text(&place.number));
            let name = element("span").class("s").children(number).text(place.title);
            evidence = evidence.child(element("span").class("to").child(name));
        }
        said = said.child(evidence);
    } else if item.verdict == "not-mentioned" {
        said = said.child(element("p").class("law").text(m.text("lists.nothing")));
    }
    element("li").class(item.verdict).with("data-verdict", item.verdict).child(verdict).child(said)
}

/// A text's beginning.
fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTE) {
        Some((at, _)) => join(&[text.get(..at).unwrap_or(text), "\u{2026}"], &[""]),
        None => text.to_owned(),
    }
}

/// Articles as people write them: `PIPL 17(1)(2), 19` names the statute once, then article, paragraph, point.
fn law(m: &Messages, articles: &str) -> String {
    let mut statutes: Vec<(String, Vec<String>)> = Vec::new();
    for part in articles.split(", ") {
        let (statute, article) = match part.rsplit_once(' ') {
            Some((statute, article)) => (statute.replace(' ', "-"), article),
            None => (String::new(), part),
        };
        let keys = ["lists.law.article", "lists.law.paragraph", "lists.law.point"];
        let numbers = article.split(['(', ')']).filter(|number| !number.is_empty());
        let text: String = numbers.zip(keys).map(|(number, key)| m.fill(key, &[("n", number)])).collect();
        match statutes.last_mut().filter(|last| statute.is_empty() || last.0 == statute) {
            Some(last) => last.1.push(text),
            None => statutes.push((statute, vec![text])),
        }
    }
    let named = statutes.iter().map(|(statute, articles)| {
        let name = m.text(&join(&["lists.law.", statute], &[""]));
        join(&[name, &m.join("list.comma", articles)], &[if name.is_ascii() { " " } else { "" }])
    });
    m.join("list.semicolon", &named.collect::<Vec<_>>())
}
