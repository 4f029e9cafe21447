//! What is wished for is what is made.

use postfordeler::memo::{About, Version};
use postfordeler::rules::{Caseless, PostType, Sender};
use postfordeler::training::{MadeMessage, Shape, Subject, Wish, WishedAddress, WishedNumber, Writer};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::memo_schema::check;
use super::{book, maker};

const POINT: &str = "0d5a1c60-0000-4000-8000-000000000002";

fn any_wish() -> impl Strategy<Value = Wish> {
    let name = |name: &str| Caseless::new(name);
    let addresses = vec![
        WishedAddress::Nowhere,
        WishedAddress::Gone,
        WishedAddress::ContactPoint(name(POINT)),
        WishedAddress::ContactPoint(name("findes-ikke")),
        WishedAddress::Group(name("teknik")),
        WishedAddress::Group(name("Findes ikke")),
    ];
    let numbers = vec![
        WishedNumber::Missing,
        WishedNumber::Kle("27.36.04".parse().unwrap()),
        WishedNumber::Kle("15".parse().unwrap()),
        WishedNumber::Form("54.05.10.15".parse().unwrap()),
    ];
    let post_types = vec![PostType::Authority, PostType::Company, PostType::Unspecified];
    (
        option::of(select(Writer::ALL.to_vec())),
        option::of(select(Subject::ALL.to_vec())),
        option::of(select(addresses)),
        option::of(select(numbers)),
        option::of(select(post_types)),
        option::of(select(Shape::ALL.to_vec())),
        option::of(select(vec![Version::V1_1, Version::V1_2])),
    )
        .prop_map(|(writer, subject, address, number, post_type, shape, version)| Wish {
            count: 4,
            writer,
            subject,
            address,
            number,
            post_type,
            shape,
            version,
        })
}

/// Panics where the message is not what the wish asks for.
fn assert_grants(wish: &Wish, made: &MadeMessage) {
    let facts = made.letter.facts();
    let point = facts.contact_point.as_ref();
    assert!(wish.writer.is_none_or(|writer| writer == made.writer));
    assert_eq!(facts.sender == Sender::Person, made.writer == Writer::Citizen);
    assert!(wish.subject.is_none_or(|subject| subject == made.subject), "{:?} in place of {wish:?}", made.subject);
    match &wish.address {
        None => {}
        Some(WishedAddress::Nowhere) => assert_eq!(point, None),
        Some(WishedAddress::ContactPoint(id)) => assert_eq!(point.and_then(|point| point.id.as_ref()), Some(id)),
        Some(WishedAddress::Group(name)) => assert_eq!(point.and_then(|point| point.group.as_ref()), Some(name)),
        Some(WishedAddress::Gone) => {
            let id = point.and_then(|point| point.id.as_ref()).expect("a contact point");
            assert!(!id.as_str().starts_with("0d5a1c60-0000"), "{id} is still there");
        }
    }
    match wish.number {
        None => {}
        Some(WishedNumber::Missing) => assert_eq!((facts.kle, facts.form), (None, None)),
        Some(WishedNumber::Kle(kle)) => assert_eq!((facts.kle, facts.form), (Some(kle), None)),
        Some(WishedNumber::Form(form)) => assert_eq!((facts.kle, facts.form), (None, Some(form))),
    }
    assert!(wish.post_type.is_none_or(|post_type| facts.post_type == Some(post_type)));
    let shape = match made.letter.about {
        None => Shape::Letter,
        Some(About::ReplyTo(_)) => Shape::Reply,
        Some(About::Forwards(..)) => Shape::Forwarded,
    };
    assert!(wish.shape.is_none_or(|wished| wished == shape));
    assert!(wish.version.is_none_or(|version| version == made.letter.version));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn whatever_is_wished_for_is_made(wish in any_wish(), seed: u64, from in 0_u64..1_000_000) {
        let book = book();
        let made: Vec<_> = maker(&book, seed).messages(&wish, from).collect();
        prop_assert_eq!(made.len(), 4);
        for made in made {
            assert_grants(&wish, &made);
            prop_assert_eq!(check(&made.bytes(), made.letter.version), Ok(()));
        }
    }
}

#[test]
fn letters_from_doctors_about_sickness_benefit_go_where_such_letters_go() {
    let book = book();
    let wish = Wish { writer: Some(Writer::Doctor), subject: Some(Subject::SicknessBenefit), ..Wish::any(60) };
    let made: Vec<_> = maker(&book, 8).messages(&wish, 0).collect();
    let titles: Vec<_> = made.iter().filter_map(|made| made.letter.details.point_name.as_deref()).collect();
    assert!(titles.len() > 15, "most name a contact point: {titles:?}");
    assert!(titles.iter().all(|title| ["Sygedagpenge", "Lukket"].contains(title)), "{titles:?}");
    assert!(made.iter().all(|made| made.letter.details.sender_name.as_deref().unwrap().starts_with("Lægerne ")));
    assert!(
        made.iter().filter(|made| made.letter.about.is_none()).all(|made| made.letter.label.contains("sygedagpenge"))
    );
}
