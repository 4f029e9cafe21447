use super::classification::Form;

/// The 34 service areas (*serviceområder*) of FORM, its first level, in order, each with its title. The levels below it are not
/// built in.
///
/// ```
/// use postfordeler::rules::form_areas;
///
/// assert_eq!(form_areas().count(), 34);
/// assert!(form_areas().any(|(number, title)| number.to_string() == "14" && title == "Arbejdsmarked"));
/// ```
pub fn form_areas() -> impl Iterator<Item = (Form, &'static str)> {
    let lines = include_str!("../../../resources/form/serviceomraader.txt").lines();
    lines.filter_map(|line| {
        let (number, title) = line.split_once(' ')?;
        Some((number.parse().ok()?, title))
    })
}
