//! Decisions case by case: every kind of criterion, every segment, the first and last day of a validity.

use std::sync::Arc;

use jiff::ToSpan;
use postfordeler::rules::{
    Caseless, ContactPoint, Criterion, Facts, Fagsystem, FagsystemId, Ground, MatchResult, PostType, Priority, Rule,
    RuleBook, Segment, Sender, SenderKind, UnknownRecipient, Validity,
};

use super::books::{FIRST_DAY, addressed, authority, bare_facts, cvr, fagsystem, fagsystem_id, rule};
use super::compiled;

const OURS: &str = "11223344";
const KNOWN: &str = "66137112";
const COMPANY: &str = "29189846";

fn one_rule(rule: Rule) -> RuleBook {
    RuleBook { known_authorities: vec![cvr(KNOWN).into()], authorities: vec![authority(cvr(OURS), vec![rule])] }
}

/// Whether a rule with that criterion decides for the message; its system is `ydelse`, the default one `esdh`.
pub fn takes(criterion: &Criterion, facts: &Facts) -> bool {
    let distributor = compiled(&one_rule(rule(25, criterion.clone())));
    let decision = distributor.decide(facts, FIRST_DAY).expect("the message is for us");
    let by_rule = decision.ground.priority().map(Priority::get) == Some(25);
    assert_eq!(decision.fagsystem.id.as_str(), if by_rule { "ydelse" } else { "esdh" });
    by_rule
}

pub fn person_to_us() -> Facts {
    bare_facts(cvr(OURS))
}

fn from(sender: Sender) -> Facts {
    Facts { sender, ..person_to_us() }
}

#[test]
fn each_rule_element_looks_at_its_own_fact() {
    let to = |id, group| Facts { contact_point: Some(addressed(id, group)), ..person_to_us() };
    let kle = |number: &str| Facts { kle: Some(number.parse().expect(number)), ..person_to_us() };
    let form = |number: &str| Facts { form: Some(number.parse().expect(number)), ..person_to_us() };
    let company = from(Sender::Organisation(Some(cvr(COMPANY))));
    let point = Criterion::ContactPoint(Caseless::new("Kp-Ø"));
    let group = Criterion::ContactGroup(Caseless::new("Børn"));
    let cases = [
        (point.clone(), to(Some("Kp-Ø"), None), true),
        (point.clone(), to(Some("kP-ø"), Some("Andet")), true),
        (point.clone(), to(Some("kp-o"), None), false),
        (point.clone(), to(None, Some("Kp-Ø")), false),
        (point.clone(), to(None, None), false),
        (point, person_to_us(), false),
        (group.clone(), to(None, Some("BØRN")), true),
        (group.clone(), to(Some("andet"), Some("børn")), true),
        (group.clone(), to(Some("børn"), None), false),
        (group, person_to_us(), false),
        (Criterion::SenderCvr(cvr(COMPANY)), company.clone(), true),
        (Criterion::SenderCvr(cvr(KNOWN)), company.clone(), false),
        (Criterion::SenderCvr(cvr(OURS)), company.clone(), false),
        (Criterion::SenderCvr(cvr(COMPANY)), person_to_us(), false),
        (Criterion::SenderCvr(cvr(COMPANY)), from(Sender::Organisation(None)), false),
        (Criterion::RecipientCvr(cvr(OURS)), person_to_us(), true),
        (Criterion::RecipientCvr(cvr(COMPANY)), company, false),
        (Criterion::Kle("27.36".parse().expect("KLE")), kle("27.36.04"), true),
        (Criterion::Kle("27.36".parse().expect("KLE")), kle("27.35.04"), false),
        (Criterion::Kle("27.36".parse().expect("KLE")), form("27.36.04"), false),
        (Criterion::Kle("27.36".parse().expect("KLE")), person_to_us(), false),
        (Criterion::Form("10.05".parse().expect("FORM")), form("10.05.10.05"), true),
        (Criterion::Form("10.05".parse().expect("FORM")), form("10.06"), false),
        (Criterion::Form("10.05".parse().expect("FORM")), kle("10.05.10"), false),
    ];
    for (criterion, facts, expected) in cases {
        assert_eq!(takes(&criterion, &facts), expected, "{criterion:?} of {facts:?}");
    }
}

#[test]
fn post_without_a_contact_point_is_told_by_its_post_type() {
    use PostType::{Authority, Company, Unspecified};
    for wanted in [Authority, Company, Unspecified] {
        for post_type in [Some(Authority), Some(Company), Some(Unspecified), None] {
            let facts = Facts { post_type, ..person_to_us() };
            assert_eq!(takes(&Criterion::NoContactPoint(wanted), &facts), post_type == Some(wanted), "{facts:?}");
            let with_point = Facts { contact_point: Some(addressed(None, None)), ..facts };
            assert!(!takes(&Criterion::NoContactPoint(wanted), &with_point), "{with_point:?} has a contact point");
        }
    }
}

#[test]
fn segments_tell_persons_companies_and_authorities_apart() {
    let from_point = |sender| Facts { sender_has_contact_point: true, ..from(sender) };
    let cases = [
        (person_to_us(), SenderKind::Person),
        // Only an organisation becomes an authority by a contact point.
        (from_point(Sender::Person), SenderKind::Person),
        (from(Sender::Organisation(Some(cvr(COMPANY)))), SenderKind::Company),
        (from(Sender::Organisation(None)), SenderKind::Company),
        (from_point(Sender::Organisation(Some(cvr(COMPANY)))), SenderKind::Authority),
        (from_point(Sender::Organisation(None)), SenderKind::Authority),
        (from(Sender::Organisation(Some(cvr(KNOWN)))), SenderKind::Authority),
        (from(Sender::Organisation(Some(cvr(OURS)))), SenderKind::Authority),
        (from(Sender::Other), SenderKind::Other),
        (from_point(Sender::Other), SenderKind::Other),
    ];
    let segments = [
        (Segment::Everyone, None),
        (Segment::Person, Some(SenderKind::Person)),
        (Segment::Company, Some(SenderKind::Company)),
        (Segment::Authority, Some(SenderKind::Authority)),
    ];
    for (facts, kind) in cases {
        for (segment, only) in segments {
            let distributor = compiled(&one_rule(Rule { segment, ..everything(1) }));
            assert_eq!(distributor.sender_kind(&facts), kind, "{facts:?}");
            let decision = distributor.decide(&facts, FIRST_DAY).expect("the message is for us");
            let expected = only.is_none_or(|only| only == kind);
            assert_eq!(decision.ground != Ground::Default, expected, "{segment:?} of {facts:?}");
        }
    }
}

#[test]
fn an_authority_is_found_by_any_of_its_cvr_numbers_and_its_senders_know_each_other() {
    let mut first = authority(cvr(OURS), vec![rule(1, Criterion::RecipientCvr(cvr("55133018")))]);
    first.more_cvrs = vec![cvr("55133018"), cvr("64942212")];
    let second = authority(cvr(COMPANY), vec![everything(1)]);
    let distributor = compiled(&RuleBook { known_authorities: Vec::new(), authorities: vec![first, second] });
    let cases = [
        (OURS, Some((OURS, None))),
        ("55133018", Some((OURS, Some(1)))),
        ("64942212", Some((OURS, None))),
        (COMPANY, Some((COMPANY, None))),
        (KNOWN, None),
    ];
    for (recipient, expected) in cases {
        let facts = bare_facts(cvr(recipient));
        let decision = distributor.decide(&facts, FIRST_DAY).ok();
        let told = decision.map(|it| (it.authority.cvr, it.ground.priority().map(Priority::get)));
        assert_eq!(told, expected.map(|(authority, priority)| (cvr(authority), priority)), "{recipient}");
    }
    for ours in [OURS, "55133018", "64942212", COMPANY] {
        let facts = from(Sender::Organisation(Some(cvr(ours))));
        assert_eq!(distributor.sender_kind(&facts), SenderKind::Authority, "{ours}");
    }
    let to_nobody = Facts { recipient: None, ..person_to_us() };
    assert_eq!(distributor.decide(&to_nobody, FIRST_DAY), Err(UnknownRecipient));
    assert_eq!(distributor.explain(&to_nobody, FIRST_DAY).err(), Some(UnknownRecipient));
}

#[test]
fn a_rule_counts_from_its_first_day_through_its_last() {
    let last = FIRST_DAY + 4.days();
    let closed = Validity::new(FIRST_DAY, Some(last)).expect("forwards");
    let one_day = Validity::new(FIRST_DAY, Some(FIRST_DAY)).expect("forwards");
    let open = Validity::new(FIRST_DAY, None).expect("open");
    let cases = [
        (closed, -1, MatchResult::NotYetValid { from: FIRST_DAY }),
        (closed, 0, MatchResult::Matches),
        (closed, 4, MatchResult::Matches),
        (closed, 5, MatchResult::Expired { to: last }),
        (one_day, -1, MatchResult::NotYetValid { from: FIRST_DAY }),
        (one_day, 0, MatchResult::Matches),
        (one_day, 1, MatchResult::Expired { to: FIRST_DAY }),
        (open, -1, MatchResult::NotYetValid { from: FIRST_DAY }),
        (open, 0, MatchResult::Matches),
        (open, 365_000, MatchResult::Matches),
    ];
    for (validity, offset, match_result) in cases {
        let day = FIRST_DAY + offset.days();
        let distributor = compiled(&one_rule(Rule { validity, ..everything(7) }));
        let facts = person_to_us();
        let decision = distributor.decide(&facts, day).expect("the message is for us");
        assert_eq!(decision.ground != Ground::Default, match_result == MatchResult::Matches, "{validity:?} on {day}");
        let explanation = distributor.explain(&facts, day).expect("the message is for us");
        assert_eq!(explanation.rules[0].result, match_result, "{validity:?} on {day}");
    }
}

#[test]
fn a_validity_that_ends_before_it_begins_cannot_be_made() {
    assert!(Validity::new(FIRST_DAY, Some(FIRST_DAY - 1.day())).is_err());
    assert!(Validity::new(FIRST_DAY, Some(FIRST_DAY)).is_ok());
}

#[test]
fn an_explanation_gives_the_first_reason_of_each_rule() {
    let wrong_in_every_way = Rule {
        validity: Validity::new(FIRST_DAY, Some(FIRST_DAY)).expect("forwards"),
        active: false,
        segment: Segment::Company,
        ..rule(1, Criterion::RecipientCvr(cvr(COMPANY)))
    };
    let open = Validity::new(FIRST_DAY, None).expect("open");
    let in_time = Rule { validity: open, ..wrong_in_every_way.clone() };
    let switched_on = Rule { active: true, ..in_time.clone() };
    let for_all = Rule { segment: Segment::Everyone, ..switched_on.clone() };
    let without_fact = Rule { criterion: Criterion::Kle("27".parse().expect("KLE")), ..for_all.clone() };
    let cases = [
        (wrong_in_every_way.clone(), -1, MatchResult::NotYetValid { from: FIRST_DAY }),
        (wrong_in_every_way, 1, MatchResult::Expired { to: FIRST_DAY }),
        (in_time, 1, MatchResult::SwitchedOff),
        (switched_on, 1, MatchResult::OtherSegment { wanted: Segment::Company }),
        (for_all, 1, MatchResult::OtherValue),
        (without_fact, 1, MatchResult::FactMissing),
    ];
    for (rule, offset, match_result) in cases {
        let distributor = compiled(&one_rule(rule));
        let (facts, day) = (person_to_us(), FIRST_DAY + offset.days());
        let explanation = distributor.explain(&facts, day).expect("the message is for us");
        assert_eq!(explanation.rules.len(), 1);
        assert_eq!(explanation.rules[0].result, match_result);
        assert_eq!(explanation.decision.ground, Ground::Default);
    }
}

#[test]
fn the_lowest_number_wins_wherever_it_stands_and_whatever_it_looks_at() {
    let elements = || {
        [
            Criterion::ContactPoint(Caseless::new("kp")),
            Criterion::ContactGroup(Caseless::new("gruppe")),
            Criterion::SenderCvr(cvr(COMPANY)),
            Criterion::RecipientCvr(cvr(OURS)),
            Criterion::Kle("27".parse().expect("KLE")),
            Criterion::Form("10".parse().expect("FORM")),
        ]
    };
    let facts = Facts {
        contact_point: Some(addressed(Some("KP"), Some("GRUPPE"))),
        kle: "27.36.04".parse().ok(),
        form: "10.05".parse().ok(),
        ..from(Sender::Organisation(Some(cvr(COMPANY))))
    };
    for winner in 0..elements().len() {
        let mut rules: Vec<_> = elements().into_iter().zip(20..).map(|(it, number)| rule(number, it)).collect();
        rules[winner].priority = Priority::new(4).expect("not 0");
        rules[winner].fagsystem = fagsystem_id("esdh");
        let book = RuleBook { known_authorities: Vec::new(), authorities: vec![authority(cvr(OURS), rules)] };
        let distributor = compiled(&book);
        let decision = distributor.decide(&facts, FIRST_DAY).expect("the message is for us");
        assert_eq!(decision.ground.priority().map(Priority::get), Some(4), "{:?}", elements()[winner]);
        assert_eq!(decision.fagsystem.id.as_str(), "esdh");
    }
}

#[test]
fn a_paused_fagsystem_keeps_its_match() {
    let mut book = one_rule(everything(1));
    book.authorities[0].fagsystems[1] = Fagsystem { active: false, ..fagsystem("ydelse") };
    let distributor = compiled(&book);
    let decision = distributor.decide(&person_to_us(), FIRST_DAY).expect("the message is for us").fagsystem;
    assert_eq!((decision.id.as_str(), decision.active), ("ydelse", false));
}

#[test]
fn only_a_book_without_contradictions_can_decide() {
    type Spoil = fn(&mut RuleBook);
    let sound = one_rule(everything(1));
    assert!(sound.compile().is_ok());
    let spoilt = |spoil: Spoil| {
        let mut book = sound.clone();
        spoil(&mut book);
        book.compile().map(|_| ()).map_err(|faults| faults.0.iter().map(|it| it.place.to_string()).collect::<Vec<_>>())
    };
    let cases: [(Spoil, &str); 7] = [
        (|book| book.authorities[0].rules.push(Arc::new(everything(1))), "myndigheder[0].regler[1].prioritet"),
        (
            |book| Arc::make_mut(&mut book.authorities[0].rules[0]).fagsystem = no_fagsystem(),
            "myndigheder[0].regler[0].fagsystem",
        ),
        (|book| book.authorities[0].default_fagsystem = no_fagsystem(), "myndigheder[0].opsamlingssystem"),
        (|book| book.authorities[0].fagsystems.push(fagsystem("esdh")), "myndigheder[0].fagsystemer[2].id"),
        (|book| book.authorities.push(authority(cvr(OURS), Vec::new())), "myndigheder[1].cvr"),
        (|book| book.authorities[0].more_cvrs.push(cvr(OURS)), "myndigheder[0].flereCvr[0]"),
        (
            |book| {
                book.authorities[0].contact_points = vec![contact_point("kp"), contact_point("KP")];
            },
            "myndigheder[0].kontaktpunkter[1].id",
        ),
    ];
    for (spoil, place) in cases {
        assert_eq!(spoilt(spoil), Err(vec![place.to_owned()]));
    }
}

#[test]
fn priorities_may_repeat_between_authorities_but_not_within_one() {
    let authorities =
        vec![authority(cvr(OURS), vec![everything(1)]), authority(cvr(COMPANY), vec![everything(1), everything(2)])];
    assert!(RuleBook { known_authorities: Vec::new(), authorities }.compile().is_ok());
}

/// A rule that takes every message to [`OURS`].
fn everything(priority: u32) -> Rule {
    rule(priority, Criterion::RecipientCvr(cvr(OURS)))
}

fn no_fagsystem() -> FagsystemId {
    fagsystem_id("findes ikke")
}

fn contact_point(id: &str) -> ContactPoint {
    ContactPoint::new(Caseless::new(id), "", Vec::new())
}
