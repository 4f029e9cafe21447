//! What KLE numbers mean: a plan for the whole data directory.

use postfordeler::exchange::{Progress, read_kle_plan};
use postfordeler::rules::KlePlan;
use postfordeler::store::{Store, StoreError};

use super::{database, directory, is_on_server, open};

const OFFICIAL: &[u8] = include_bytes!("../../data/kle/emneplan-uddrag.xml");

fn official() -> KlePlan {
    read_kle_plan(OFFICIAL, &Progress::default()).expect("it is a plan").plan
}

fn kept(store: &Store) -> Option<KlePlan> {
    store.kle_plan().expect("it can be read")
}

#[test]
fn at_first_there_is_no_plan() {
    let home = directory();
    let store = open(&home);
    assert_eq!((kept(&store), store.kle_plan_revision().expect("it can be read")), (None, 0));
}

#[test]
fn a_plan_is_kept_as_it_is() {
    let home = directory();
    let revision = open(&home).save_kle_plan(&official()).expect("it is kept");
    let store = open(&home);
    assert_eq!(kept(&store), Some(official()));
    assert_eq!((revision, store.kle_plan_revision().expect("it can be read")), (1, 1));
}

#[test]
fn a_newer_plan_takes_the_place_of_an_older_one_and_can_be_forgotten() {
    let home = directory();
    let store = open(&home);
    store.save_kle_plan(&official()).expect("it is kept");
    let newer = KlePlan::built_in();
    assert_eq!(store.save_kle_plan(&newer).expect("it is kept"), 2);
    assert_eq!(kept(&store), Some(newer));
    assert_eq!(store.forget_kle_plan().expect("it is forgotten"), 3);
    assert_eq!(kept(&store), None);
}

#[test]
fn a_plan_that_is_spoilt_is_told_and_can_be_replaced() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.save_kle_plan(&official()).expect("it is kept");
    let spoil = "UPDATE kle_plan SET revision = revision + 1, entries = '[['";
    database(home.path()).execute_batch(spoil).expect("the test may write");
    assert!(matches!(store.kle_plan(), Err(StoreError::Damaged { .. })));
    store.save_kle_plan(&official()).expect("it is kept");
    assert_eq!(kept(&store), Some(official()));
}
