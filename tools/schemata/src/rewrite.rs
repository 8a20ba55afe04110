//! A source and the breaks in it → the source with all of them, each behind a switch.
//!
//! `a < b` becomes `match crate::broken() { 7 => a <= b, 8 => a > b, _ => a < b }`: compiled once, and an environment
//! variable tells which break is on. Operands are written once, in front of the choice, so that breaks within breaks do not
//! multiply what is compiled. A comment around each branch names its break, for errors of the compiler to be told whose.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use serde_json::Value;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One break as `cargo mutants --list --json` tells it.
#[derive(Clone, Debug)]
pub struct Break {
    /// What switches it on; 0 is none.
    pub id: usize,
    /// For a person: the place and what is changed.
    pub name: String,
    pub file: String,
    /// What kind of break it is.
    genre: String,
    /// Line and column where it begins, from 1.
    at: (usize, usize),
    replacement: String,
    /// It replaces a value whose type only its own body tells (`impl Iterator`): a branch cannot have another.
    opaque: bool,
}

impl Break {
    /// `None` where a key is missing.
    pub fn read(id: usize, value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let start = |key: &str| value["span"]["start"][key].as_u64().and_then(|n| usize::try_from(n).ok());
        let returned = value["function"]["return_type"].as_str().unwrap_or_default();
        let genre = text("genre")?;
        let opaque = genre == "FnValue" && returned.contains("impl ");
        let (name, file, replacement) = (text("name")?, text("file")?, text("replacement")?);
        Some(Self { id, name, file, genre, at: (start("line")?, start("column")?), replacement, opaque })
    }
}

/// A stretch of the source that is written anew.
struct Site<'b> {
    range: Range<usize>,
    breaks: Vec<&'b Break>,
    form: Form,
}

/// How it is written anew.
enum Form {
    /// `left OPERATOR right`
    Binary { left: Range<usize>, right: Range<usize>, operator: String },
    /// `OPERATOR operand`
    Unary { operand: Range<usize>, operator: String },
    /// What a function does first: it returns something else.
    Body,
    /// An arm without a guard gets one; the breaks are its deletion.
    Arm,
    /// An arm's own guard, which holds always or never; never as well where the arm is deleted.
    Guard,
    /// The value of a field, of a literal whose other fields come from `rest`; deleted, this one does as well. `short` is
    /// `name` for `name: name`.
    Field { name: String, short: bool, whole: String, rest: Range<usize> },
}

/// Looks the places of the breaks up in the syntax of the source.
struct Finder<'b, 's> {
    source: &'s str,
    /// By kind and place; what is left at the end was not found.
    breaks: BTreeMap<(&'static str, usize, usize), Vec<&'b Break>>,
    sites: Vec<Site<'b>>,
    /// What no compiler takes: `let … || b`.
    unviable: Vec<usize>,
}

const GENRES: [&str; 6] = ["BinaryOperator", "UnaryOperator", "FnValue", "MatchArm", "MatchArmGuard", "StructField"];

impl<'b> Finder<'b, '_> {
    fn take(&mut self, genre: &'static str, node: &impl Spanned) -> Vec<&'b Break> {
        let start = node.span().start();
        self.breaks.remove(&(genre, start.line, start.column + 1)).unwrap_or_default()
    }

    fn put(&mut self, range: Range<usize>, breaks: Vec<&'b Break>, form: Form) {
        if !breaks.is_empty() {
            self.sites.push(Site { range, breaks, form });
        }
    }

    fn text(&self, node: &impl Spanned) -> String {
        self.source[node.span().byte_range()].to_owned()
    }

    fn body(&mut self, block: &syn::Block) {
        if let Some(first) = block.stmts.first() {
            let (at, mut breaks) = (first.span().byte_range().start, self.take("FnValue", first));
            breaks.retain(|b| !b.opaque);
            self.put(at..at, breaks, Form::Body);
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_, '_> {
    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        let breaks = self.take("BinaryOperator", &node.op);
        let (left, right) = (node.left.span().byte_range(), node.right.span().byte_range());
        if has_let(&node.left) || has_let(&node.right) {
            self.unviable.extend(breaks.iter().map(|b| b.id));
        } else {
            let operator = self.text(&node.op);
            self.put(node.span().byte_range(), breaks, Form::Binary { left, right, operator });
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        let breaks = self.take("UnaryOperator", &node.op);
        let (operand, operator) = (node.expr.span().byte_range(), self.text(&node.op));
        self.put(node.span().byte_range(), breaks, Form::Unary { operand, operator });
        visit::visit_expr_unary(self, node);
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.body(&node.block);
        visit::visit_item_fn(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.body(&node.block);
        visit::visit_impl_item_fn(self, node);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        node.default.iter().for_each(|block| self.body(block));
        visit::visit_trait_item_fn(self, node);
    }

    fn visit_expr_match(&mut self, node: &'ast syn::ExprMatch) {
        if !node.arms.iter().any(|arm| arm.guard.is_none() && matches!(arm.pat, syn::Pat::Wild(_))) {
            // Without an arm that takes what the deleted one did.
            let deletions = node.arms.iter().flat_map(|arm| self.take("MatchArm", arm)).map(|b| b.id);
            let deletions: Vec<usize> = deletions.collect();
            self.unviable.extend(deletions);
        }
        visit::visit_expr_match(self, node);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        let deletion = self.take("MatchArm", node);
        if let Some((_, guard)) = &node.guard {
            let mut breaks = self.take("MatchArmGuard", guard);
            breaks.extend(&deletion);
            self.put(guard.span().byte_range(), breaks, Form::Guard);
        } else {
            let end = node.pat.span().byte_range().end;
            self.put(end..end, deletion, Form::Arm);
        }
        visit::visit_arm(self, node);
    }

    fn visit_expr_struct(&mut self, node: &'ast syn::ExprStruct) {
        for field in &node.fields {
            let breaks = self.take("StructField", field);
            if let Some(rest) = &node.rest {
                let (name, whole) = (self.text(&field.member), self.text(&node.path));
                let short = field.colon_token.is_none();
                let form = Form::Field { name, short, whole, rest: rest.span().byte_range() };
                self.put(field.expr.span().byte_range(), breaks, form);
            }
        }
        visit::visit_expr_struct(self, node);
    }
}

/// Whether it is a `let` of a condition, or a chain with one.
fn has_let(node: &syn::Expr) -> bool {
    match node {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(node) => has_let(&node.left) || has_let(&node.right),
        _ => false,
    }
}

/// The source with the breaks; those that no compiler takes; those for which no place was found.
pub fn rewrite(source: &str, breaks: &[&Break]) -> Result<(String, Vec<usize>, Vec<usize>), String> {
    let file = syn::parse_file(source).map_err(|error| error.to_string())?;
    let mut finder = Finder { source, breaks: BTreeMap::new(), sites: Vec::new(), unviable: Vec::new() };
    for b in breaks {
        let genre =
            GENRES.into_iter().find(|genre| *genre == b.genre).ok_or_else(|| format!("what is {}?", b.genre))?;
        finder.breaks.entry((genre, b.at.0, b.at.1)).or_default().push(b);
    }
    finder.visit_file(&file);
    let Finder { mut sites, unviable, .. } = finder;
    // What stands within another comes behind it; of the same stretch a guard or field does before the expression it is.
    let inner = |site: &Site| matches!(site.form, Form::Binary { .. } | Form::Unary { .. });
    sites.sort_by_key(|site| (site.range.start, !site.range.is_empty(), Reverse(site.range.end), inner(site)));
    let found = |id: usize| sites.iter().any(|site| site.breaks.iter().any(|b| b.id == id));
    let lost = breaks.iter().map(|b| b.id).filter(|id| !found(*id) && !unviable.contains(id)).collect();
    Ok((Writer { source, sites: &sites }.text(0..source.len(), 0), unviable, lost))
}

struct Writer<'s, 'b> {
    source: &'s str,
    sites: &'s [Site<'b>],
}

impl Writer<'_, '_> {
    /// A stretch with all sites in it from an index on.
    fn text(&self, range: Range<usize>, from: usize) -> String {
        let (mut out, mut at) = (String::new(), range.start);
        for (index, site) in self.sites.iter().enumerate().skip(from).take_while(|(_, s)| s.range.start <= range.end) {
            if site.range.start >= at && site.range.end <= range.end {
                out.push_str(&self.source[at..site.range.start]);
                out.push_str(&self.site(index, site));
                at = site.range.end;
            }
        }
        out + &self.source[at..range.end]
    }

    fn site(&self, index: usize, site: &Site) -> String {
        let text = |range: &Range<usize>| self.text(range.clone(), index + 1);
        let ids: Vec<String> = site.breaks.iter().map(|b| b.id.to_string()).collect();
        let around = |code: &str| format!("/*#<{}*/{code}/*#>*/", ids.join(" "));
        // A branch for each break, and the one without.
        let choice = |branch: &dyn Fn(&str) -> String, otherwise: &str| {
            let mut out = "match crate::broken() {".to_owned();
            for b in &site.breaks {
                let _ = write!(out, " {} => /*#<{0}*/{}/*#>*/,", b.id, branch(&b.replacement));
            }
            out + &format!(" _ => {otherwise} }}")
        };
        around(&match &site.form {
            Form::Binary { left, right, operator } => {
                let (left, right) = (text(left), text(right));
                match operator.as_str() {
                    // Each has the other for its only break.
                    "&&" => format!(
                        "({{ let __l = {left}; if __l != (crate::broken() == {}) {{ {right} }} else {{ __l }} }})",
                        ids[0]
                    ),
                    "||" => format!(
                        "({{ let __l = {left}; if __l != (crate::broken() == {}) {{ __l }} else {{ {right} }} }})",
                        ids[0]
                    ),
                    "==" | "!=" | "<" | ">" | "<=" | ">=" => {
                        let choice = choice(&|other| format!("*__l {other} *__r"), &format!("*__l {operator} *__r"));
                        format!("(match (&({left}), &({right})) {{ (__l, __r) => {choice} }})")
                    }
                    _ if operator.ends_with('=') => {
                        let choice = choice(
                            &|other| format!("{{ {left} {other} __r }}"),
                            &format!("{{ {left} {operator} __r }}"),
                        );
                        format!("(match {right} {{ __r => {choice} }})")
                    }
                    _ => {
                        let choice = choice(&|other| format!("__l {other} __r"), &format!("__l {operator} __r"));
                        format!("(match ({left}, {right}) {{ (__l, __r) => {choice} }})")
                    }
                }
            }
            Form::Unary { operand, operator } => {
                let choice = choice(&|_| "__v".to_owned(), &format!("{operator}__v"));
                format!("(match {} {{ __v => {choice} }})", text(operand))
            }
            Form::Body => choice(&|other| format!("return {other}"), "{}") + " ",
            Form::Arm => format!(" if crate::broken() != {} ", ids[0]),
            Form::Guard => {
                choice(&|other| if other.is_empty() { "false" } else { other }.to_owned(), &text(&site.range))
            }
            Form::Field { name, short, whole, rest } => {
                let rest = text(rest);
                let value = choice(&|_| format!("{{ let __w: {whole} = {rest}; __w.{name} }}"), &text(&site.range));
                if *short { format!("{name}: {value}") } else { value }
            }
        })
    }
}

/// The breaks that a place of a rewritten source belongs to: one of a branch, all of a site, none.
pub fn whose(source: &str, at: usize) -> Vec<usize> {
    let mut open: Vec<&str> = Vec::new();
    for comment in source.get(..at).unwrap_or(source).split("/*#").skip(1) {
        match comment.strip_prefix('<').and_then(|comment| comment.split_once("*/")) {
            Some((ids, _)) => open.push(ids),
            None => drop(open.pop()),
        }
    }
    open.last().map_or_else(Vec::new, |ids| ids.split(' ').filter_map(|id| id.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A break of the first place in the source where `at` stands.
    fn of(source: &str, id: usize, genre: &str, at: &str, replacement: &str) -> Break {
        let before = &source[..source.find(at).expect(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let (genre, replacement) = (genre.to_owned(), replacement.to_owned());
        Break { id, name: String::new(), file: String::new(), genre, at: (line, column), replacement, opaque: false }
    }

    /// What the breaks of a source become, without the comments.
    fn written(source: &str, breaks: &[Break]) -> String {
        let (text, unviable, lost) = rewrite(source, &breaks.iter().collect::<Vec<_>>()).expect("Rust");
        assert_eq!((unviable, lost), (Vec::new(), Vec::new()), "{source}");
        assert!(syn::parse_file(&text).is_ok(), "{text}");
        let pieces = text.split("/*#").enumerate();
        pieces.map(|(at, piece)| if at == 0 { piece } else { piece.split_once("*/").map_or("", |p| p.1) }).collect()
    }

    #[test]
    fn every_kind_of_break_stands_behind_the_switch() {
        let binary = "fn f(a: u8, b: u8) -> bool { a < b }";
        let less = [of(binary, 1, "BinaryOperator", "<", "<="), of(binary, 2, "BinaryOperator", "<", "==")];
        assert!(written(binary, &less).contains(
            "(match (&(a), &(b)) { (__l, __r) => match crate::broken() { 1 => *__l <= *__r, 2 => *__l == *__r, _ => *__l < *__r } })"
        ));
        let both = "fn f(a: bool, b: bool) -> bool { a && !b }";
        let breaks = [of(both, 1, "BinaryOperator", "&&", "||"), of(both, 2, "UnaryOperator", "!", "")];
        assert!(written(both, &breaks).contains(
            "({ let __l = a; if __l != (crate::broken() == 1) { (match b { __v => match crate::broken() { 2 => __v, _ => !__v } }) } else { __l } })"
        ));
        let sum = "fn f(mut a: u8) { a += 1; }";
        assert!(
            written(sum, &[of(sum, 1, "BinaryOperator", "+=", "-=")]).contains("1 => { a -= __r }, _ => { a += __r }")
        );
        let body = "fn f() -> u8 {\n    g() + 1\n}";
        assert!(
            written(body, &[of(body, 1, "FnValue", "g()", "0")])
                .contains("match crate::broken() { 1 => return 0, _ => {} } g() + 1")
        );
        let arms = "fn f(a: u8) { match a { 1 => {} 2 if g() => {} _ => {} } }";
        let breaks = [of(arms, 1, "MatchArm", "1 =>", ""), of(arms, 2, "MatchArmGuard", "g()", "true")];
        let text = written(arms, &breaks);
        assert!(text.contains("1 if crate::broken() != 1  =>"), "{text}");
        assert!(text.contains("2 if match crate::broken() { 2 => true, _ => g() } =>"), "{text}");
        let field = "fn f() -> A { A { a, b: 1, ..A::new() } }";
        let text = written(field, &[of(field, 1, "StructField", "a,", ""), of(field, 2, "StructField", "b:", "")]);
        assert!(text.contains("a: match crate::broken() { 1 => { let __w: A = A::new(); __w.a }, _ => a }"), "{text}");
        assert!(text.contains("b: match crate::broken() { 2 => { let __w: A = A::new(); __w.b }, _ => 1 }"), "{text}");
    }

    #[test]
    fn what_cannot_be_is_told() {
        let chain = "fn f() { if let Some(a) = b && a {} }";
        let (_, unviable, _) = rewrite(chain, &[&of(chain, 1, "BinaryOperator", "&&", "||")]).expect("Rust");
        assert_eq!(unviable, [1], "no condition is `let … || a`");
        let arms = "fn f() { match a { Some(_) => {} None => {} } }";
        let (_, unviable, _) = rewrite(arms, &[&of(arms, 1, "MatchArm", "None", "")]).expect("Rust");
        assert_eq!(unviable, [1], "no other arm takes it");
        let (_, _, lost) = rewrite(arms, &[&of(arms, 1, "UnaryOperator", "a {", "")]).expect("Rust");
        assert_eq!(lost, [1], "there is no operator");
    }

    #[test]
    fn an_error_belongs_to_the_innermost_break() {
        let text = "x /*#<1 2*/ y /*#<2*/ z /*#>*/ y /*#>*/ x";
        let at = |c: char, nth: usize| whose(text, text.match_indices(c).nth(nth).expect("there").0);
        assert_eq!(
            (at('x', 0), at('y', 0), at('z', 0), at('y', 1), at('x', 1)),
            (vec![], vec![1, 2], vec![2], vec![1, 2], vec![])
        );
    }
}
