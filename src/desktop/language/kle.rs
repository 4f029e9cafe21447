/// *KLE-plan*.
#[derive(Debug)]
pub(in crate::desktop) struct KleTexts {
    pub title: &'static str,
}
