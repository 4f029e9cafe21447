//! What flows on the map: the ways of mail, from column to column.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::arrangement::{Arrangement, Link, Node};
use super::gathering::{Gathering, RowKind};
use crate::rules::{Authority, FagsystemId, MailMap, MailWay, Priority, SenderKind};

/// The columns of the map, from the left.
pub const SENDERS: usize = 0;
pub const GROUPS: usize = 1;
pub const ROWS: usize = 2;
pub const FAGSYSTEMS: usize = 3;
const COLUMNS: usize = 4;
/// How often fagsystems are put in a better order.
const MOST_PASSES: usize = 12;

/// One way through all columns, by the places of its nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub nodes: [usize; COLUMNS],
    pub count: u64,
    /// Whether it goes elsewhere by the other rules.
    pub is_moved: bool,
}

/// What is drawn between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    pub column: usize,
    pub from: usize,
    pub to: usize,
    /// Where it ends up; `None` left of the groups, where it may end up in several.
    pub fagsystem: Option<usize>,
    pub count: u64,
    pub is_moved: bool,
}

/// What a fagsystem has, and what it would gain and lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    pub count: u64,
    pub gained: u64,
    pub lost: u64,
}

/// Everything that flows, with the nodes of each column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapFlow {
    pub gathering: Gathering,
    pub senders: Vec<SenderKind>,
    /// The default recipient last.
    pub fagsystems: Vec<FagsystemId>,
    pub courses: Vec<Course>,
    pub streams: Vec<Stream>,
    pub shares: Vec<Share>,
    /// The messages of each node, by column.
    pub counts: Vec<Vec<u64>>,
    /// All messages that are shown.
    pub messages: u64,
}

/// The least heights of nodes, in logical pixels: of senders, groups, rules, rules that decide nothing, and fagsystems.
#[derive(Debug, Clone, Copy)]
pub struct LeastHeights {
    pub sender: f32,
    pub group: f32,
    pub rule: f32,
    pub idle: f32,
    pub fagsystem: f32,
}

impl MapFlow {
    /// What flows by gathered rules of an authority. `also` names fagsystems that are there even if nothing leads to them. Ways whose rule is not among them are left out. What one of the `moving`
    /// decides counts as moved, whether any mail is known that is or not; `None` is the default recipient.
    pub fn of(
        authority: &Authority,
        gathering: Gathering,
        mail: &MailMap,
        moving: &BTreeSet<Option<Priority>>,
        also: &[FagsystemId],
    ) -> Self {
        let row_of = rows_by_rule(&gathering);
        let shown = mail.ways.iter().filter_map(|(way, count)| Some((way, *count, *row_of.get(&way.rule)?)));
        let shown: Vec<_> = shown.collect();
        let kinds = [SenderKind::Person, SenderKind::Company, SenderKind::Authority, SenderKind::Other];
        let is_there = |kind: &SenderKind| *kind != SenderKind::Other || shown.iter().any(|it| it.0.sender == *kind);
        let senders: Vec<_> = kinds.into_iter().filter(is_there).collect();
        let targets = Targets::of(authority);
        let fagsystems = fagsystems(authority, &targets, &gathering, &shown, also);
        let place = |id: &FagsystemId| fagsystems.iter().position(|it| it == id);
        let mut shares = vec![Share::default(); fagsystems.len()];
        let mut courses: BTreeMap<([usize; COLUMNS], bool), u64> = BTreeMap::new();
        for (way, count, row) in shown {
            let sender = senders.iter().position(|it| *it == way.sender);
            let (Some(sender), Some(to)) = (sender, place(&way.fagsystem)) else { continue };
            shares[to].count += count;
            if let Some(elsewhere) = &way.elsewhere {
                shares[to].gained += count;
                if let Some(from) = place(elsewhere) {
                    shares[from].lost += count;
                }
            }
            let nodes = [sender, gathering.rows[row].group, row, to];
            let is_moved = way.elsewhere.is_some() || moving.contains(&way.rule);
            *courses.entry((nodes, is_moved)).or_default() += count;
        }
        let courses: Vec<_> =
            courses.into_iter().map(|((nodes, is_moved), count)| Course { nodes, count, is_moved }).collect();
        let mut flow = Self { gathering, senders, fagsystems, courses, shares, ..Self::default() };
        flow.order_fagsystems(&targets);
        flow.gather_streams(&targets);
        flow
    }

    /// The nodes and links in their places, in about that height.
    pub fn arranged(&self, least: LeastHeights, height: f32) -> Arrangement {
        let leasts = [least.sender, least.group, least.rule, least.fagsystem];
        #[expect(clippy::cast_precision_loss, reason = "a picture is not so exact")]
        let node = |column: usize, count: u64| {
            let least = if column == ROWS && count == 0 { least.idle } else { leasts[column] };
            Node { value: count as f32, least }
        };
        let columns = self.counts.iter().enumerate();
        let columns: Vec<Vec<Node>> =
            columns.map(|(column, counts)| counts.iter().map(|count| node(column, *count)).collect()).collect();
        #[expect(clippy::cast_precision_loss, reason = "a picture is not so exact")]
        let link = |stream: &Stream| Link {
            column: stream.column,
            from: stream.from,
            to: stream.to,
            value: stream.count as f32,
        };
        let links: Vec<Link> = self.streams.iter().map(link).collect();
        Arrangement::of(&columns, &links, height, ROWS)
    }

    /// Puts the fagsystems in an order in which few bands cross, with the default recipient last.
    fn order_fagsystems(&mut self, targets: &Targets<'_>) {
        let count = self.fagsystems.len();
        let mut weights = vec![HashMap::<usize, u64>::new(); count];
        for course in &self.courses {
            *weights[course.nodes[FAGSYSTEMS]].entry(course.nodes[ROWS]).or_default() += course.count;
        }
        for (row, fagsystem) in self.silent(targets) {
            weights[fagsystem].entry(row).or_insert(1);
        }
        let default = |at: &usize| self.fagsystems[*at] == *targets.default;
        let mut order: Vec<usize> = (0..count).collect();
        #[expect(clippy::cast_precision_loss, reason = "an order is not so exact")]
        let centre = |at: &usize| {
            let all: u64 = weights[*at].values().sum();
            let sum: f64 = weights[*at].iter().map(|(row, weight)| *row as f64 * *weight as f64).sum();
            if all == 0 { f64::MAX } else { sum / all as f64 }
        };
        order.sort_by(|one, other| default(one).cmp(&default(other)).then(centre(one).total_cmp(&centre(other))));
        // How much would cross if one stood above the other.
        let crossing = |upper: usize, lower: usize| -> u128 {
            let pairs = weights[upper].iter().flat_map(|one| weights[lower].iter().map(move |other| (one, other)));
            pairs
                .filter(|(one, other)| one.0 > other.0)
                .map(|(one, other)| u128::from(*one.1) * u128::from(*other.1))
                .sum()
        };
        for _ in 0..MOST_PASSES {
            let mut is_better = false;
            for at in 1..order.len() {
                let (upper, lower) = (order[at - 1], order[at]);
                if !default(&lower) && crossing(lower, upper) < crossing(upper, lower) {
                    order.swap(at - 1, at);
                    is_better = true;
                }
            }
            if !is_better {
                break;
            }
        }
        let mut place = vec![0; count];
        order.iter().enumerate().for_each(|(to, from)| place[*from] = to);
        self.fagsystems = order.iter().map(|at| self.fagsystems[*at].clone()).collect();
        self.shares = order.iter().map(|at| self.shares[*at]).collect();
        self.courses.iter_mut().for_each(|course| course.nodes[FAGSYSTEMS] = place[course.nodes[FAGSYSTEMS]]);
    }

    /// The rows that decide no mail, each with where it would go.
    fn silent(&self, targets: &Targets<'_>) -> Vec<(usize, usize)> {
        let mut has_mail = vec![false; self.gathering.rows.len()];
        self.courses.iter().for_each(|course| has_mail[course.nodes[ROWS]] = true);
        let target = |kind: &RowKind| match kind {
            RowKind::Rule(rule) => targets.by_rule.get(rule).copied(),
            RowKind::Rules(rules) => rules.first().and_then(|rule| targets.by_rule.get(rule)).copied(),
            RowKind::Default => Some(targets.default),
        };
        let rows = self.gathering.rows.iter().enumerate().filter(|(at, _)| !has_mail[*at]);
        let place = |id: &FagsystemId| self.fagsystems.iter().position(|it| it == id);
        rows.filter_map(|(at, row)| Some((at, place(target(&row.kind)?)?))).collect()
    }

    fn gather_streams(&mut self, targets: &Targets<'_>) {
        let mut streams: BTreeMap<(usize, usize, usize, Option<usize>, bool), u64> = BTreeMap::new();
        self.counts =
            vec![vec![0; self.senders.len()], vec![0; self.gathering.groups.len()], vec![0; self.gathering.rows.len()]];
        self.counts.push(vec![0; self.fagsystems.len()]);
        for course in &self.courses {
            let [_, _, _, to] = course.nodes;
            for (column, node) in course.nodes.iter().enumerate() {
                self.counts[column][*node] += course.count;
            }
            for column in SENDERS..FAGSYSTEMS {
                let fagsystem = (column > SENDERS).then_some(to);
                // Who writes is not what changes.
                let is_moved = course.is_moved && column > SENDERS;
                let key = (column, course.nodes[column], course.nodes[column + 1], fagsystem, is_moved);
                *streams.entry(key).or_default() += course.count;
            }
            self.messages += course.count;
        }
        for (row, to) in self.silent(targets) {
            let group = self.gathering.rows[row].group;
            streams.entry((GROUPS, group, row, Some(to), false)).or_default();
            streams.entry((ROWS, row, to, Some(to), false)).or_default();
        }
        let stream =
            |((column, from, to, fagsystem, is_moved), count)| Stream { column, from, to, fagsystem, count, is_moved };
        self.streams = streams.into_iter().map(stream).collect();
    }
}

/// Who receives what each rule decides, and what none does. There are too many rules to look for each among all.
struct Targets<'a> {
    by_rule: HashMap<Priority, &'a FagsystemId>,
    default: &'a FagsystemId,
}

impl<'a> Targets<'a> {
    /// Of two rules with one number, the earlier in the list counts.
    fn of(authority: &'a Authority) -> Self {
        let rules = authority.rules.iter().rev().map(|rule| (rule.priority, &rule.fagsystem));
        Self { by_rule: rules.collect(), default: &authority.default_fagsystem }
    }
}

fn rows_by_rule(gathering: &Gathering) -> HashMap<Option<Priority>, usize> {
    let mut rows = HashMap::new();
    for (at, row) in gathering.rows.iter().enumerate() {
        match &row.kind {
            RowKind::Rule(rule) => drop(rows.insert(Some(*rule), at)),
            RowKind::Rules(rules) => rows.extend(rules.iter().map(|rule| (Some(*rule), at))),
            RowKind::Default => drop(rows.insert(None, at)),
        }
    }
    rows
}

/// The fagsystems that something goes to, or would by one of the rules, and those.
fn fagsystems(
    authority: &Authority,
    targets: &Targets<'_>,
    gathering: &Gathering,
    shown: &[(&MailWay, u64, usize)],
    also: &[FagsystemId],
) -> Vec<FagsystemId> {
    let rules = gathering.groups.iter().flat_map(|group| &group.rules);
    let by_rules = rules.filter_map(|rule| targets.by_rule.get(rule)).copied();
    let has_rest = gathering.rows.iter().any(|row| row.kind == RowKind::Default);
    let default = has_rest.then_some(targets.default);
    let by_mail = shown.iter().flat_map(|(way, ..)| [Some(&way.fagsystem), way.elsewhere.as_ref()]).flatten();
    let named: HashSet<&FagsystemId> = by_rules.chain(default).chain(by_mail).chain(also).collect();
    authority.fagsystems.iter().map(|it| &it.id).filter(|id| named.contains(id)).cloned().collect()
}
