//! Findings and proofs over all messages, against compiling the book.

use std::hint::black_box;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use postfordeler::rules::{
    Caseless, Criterion, Fagsystem, FagsystemId, Priority, Proof, Review, Rule, RuleBook, Segment, Span, Validity,
};

use crate::ratio::{median_ratio, median_time};
use crate::{Measurement, big_book};

const RULES: u32 = 10_000;
const CHANGES: usize = 20;
const TODAY: Date = date(2026, 11, 27);

pub fn measured() -> Vec<Measurement> {
    let mut all = Vec::new();
    let books = [("alike", book_of_rules_alike(RULES)), ("at random", book_at_random(RULES))];
    for (how, book) in &books {
        let compile = || {
            black_box(book.compile().expect("no fault").indexed());
        };
        let time = median_time(|| {
            black_box(book.findings(TODAY));
        });
        println!("The findings of 10,000 rules {how}: {:.1} ms", time.as_secs_f64() * 1e3);
        let authorities = book.authority_cvrs();
        let rules = book.authorities[0].rules_in_order();
        let time = median_time(|| {
            black_box(Review::new(&book.authorities[0], &authorities, TODAY).never(&rules));
        });
        println!("    of which what never decides: {:.1} ms", time.as_secs_f64() * 1e3);
        let (before, after) = (book.compile().expect("no fault"), changed(book).compile().expect("no fault"));
        let proof = Proof::between(&before, &after, Span::From(TODAY));
        let time = median_time(|| {
            black_box(Proof::between(&before, &after, Span::From(TODAY)));
        });
        println!(
            "A proof of 20 changes among 10,000 rules {how}, with {} ways to change receiver: {:.1} ms",
            proof.changes.len(),
            time.as_secs_f64() * 1e3
        );
        all.push(Measurement {
            what: if *how == "alike" {
                "The findings of 10,000 rules alike, against compiling the book"
            } else {
                "The findings of 10,000 rules at random, against compiling the book"
            },
            measured: median_ratio(|| drop(black_box(book.findings(TODAY))), compile),
            most: 10.0,
            unit: "times",
        });
        all.push(Measurement {
            what: if *how == "alike" {
                "A proof of 20 changes among 10,000 rules alike, against compiling the book"
            } else {
                "A proof of 20 changes among 10,000 rules at random, against compiling the book"
            },
            measured: median_ratio(|| drop(black_box(Proof::between(&before, &after, Span::From(TODAY)))), compile),
            most: 40.0,
            unit: "times",
        });
    }
    all
}

/// Every five hundredth rule with another fagsystem, on other days, or in another place.
fn changed(book: &RuleBook) -> RuleBook {
    let mut book = book.clone();
    let authority = &mut book.authorities[0];
    let fagsystems: Vec<FagsystemId> = authority.fagsystems.iter().map(|it| it.id.clone()).collect();
    let every = authority.rules.len() / CHANGES;
    for change in 0..CHANGES {
        let rule = Arc::make_mut(&mut authority.rules[change * every]);
        match change % 3 {
            0 => {
                let other = fagsystems.iter().find(|id| **id != rule.fagsystem);
                rule.fagsystem.clone_from(other.expect("there are several"));
            }
            1 => rule.validity = Validity::new(date(2027, 1, 1), None).expect("no end"),
            _ => rule.active = !rule.active,
        }
    }
    book
}

/// A book with several fagsystems and no rules.
fn empty_book() -> RuleBook {
    let mut book = big_book::with_rules(0);
    let authority = &mut book.authorities[0];
    let first = authority.fagsystems[0].clone();
    for name in ["ydelse", "byggesag", "dagtilbud"] {
        let id = FagsystemId::new(name).expect("not empty");
        authority.fagsystems.push(Fagsystem::new(id, name, first.endpoint.clone()));
    }
    book
}

/// The rules of the big book, to the fagsystems in turn.
fn book_of_rules_alike(rules: u32) -> RuleBook {
    let mut book = empty_book();
    let authority = &mut book.authorities[0];
    authority.rules = big_book::with_rules(rules).authorities.remove(0).rules;
    for (at, rule) in authority.rules.iter_mut().enumerate() {
        let fagsystem = &authority.fagsystems[at / 28 % authority.fagsystems.len()];
        Arc::make_mut(rule).fagsystem.clone_from(&fagsystem.id);
    }
    book
}

/// Rules on many values, with overlapping intervals, days and segments.
fn book_at_random(rules: u32) -> RuleBook {
    let mut book = empty_book();
    let authority = &mut book.authorities[0];
    let fagsystems: Vec<FagsystemId> = authority.fagsystems.iter().map(|it| it.id.clone()).collect();
    let mut seed = 42_u64;
    let mut below = |bound: u32| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((seed >> 33) % u64::from(bound)).expect("it is below a bound")
    };
    authority.rules = (1..=rules)
        .map(|priority| {
            let criterion = match below(10) {
                0..=3 => {
                    let (main, group) = (below(60), below(60));
                    let text = match below(3) {
                        0 => format!("{main:02}.{group:02} - {:02}.{:02}", main + below(3), group + below(30)),
                        1 => format!("{main:02}.{group:02}.{:02}", below(90)),
                        _ => format!("{main:02}.{group:02}"),
                    };
                    Criterion::Kle(text.parse().expect("an interval"))
                }
                4 => {
                    let text = format!("{:02}.{:02} - {:02}", below(30), below(90), 30 + below(30));
                    Criterion::Form(text.parse().expect("an interval"))
                }
                5 => Criterion::SenderCvr(format!("{:08}", 20_000_000 + below(2_000)).parse().expect("eight digits")),
                6 => Criterion::ContactGroup(Caseless::new(&format!("gruppe {}", below(300)))),
                _ => Criterion::ContactPoint(Caseless::new(&format!("kontaktpunkt {}", below(5_000)))),
            };
            let from = date(2026, 1, 1) + i32::try_from(below(700)).expect("few").days();
            let validity = match below(3) {
                0 => Validity::new(date(2020, 1, 1), None),
                1 => Validity::new(from, None),
                _ => Validity::new(from, Some(from + i32::try_from(below(400)).expect("few").days())),
            };
            let segment = [Segment::Everyone, Segment::Everyone, Segment::Person, Segment::Company, Segment::Authority]
                [below(5) as usize];
            let fagsystem = fagsystems[below(u32::try_from(fagsystems.len()).expect("few")) as usize].clone();
            let priority = Priority::new(priority).expect("not 0");
            Arc::new(Rule { segment, ..Rule::new(priority, criterion, fagsystem, validity.expect("forwards")) })
        })
        .collect();
    book
}
