//! The rules of the crate's layout, and what breaks them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::crate_map::{Arrow, CrateMap};

/// The rooms of a folder in rows, from the top down, each with the reason why it is there.
///
/// A room imports from rows below its own and never from rows above. Those in one row do not import each other, but the
/// files within a room do.
pub struct Floors {
    /// Under `src`; empty for `src` itself.
    pub folder: &'static str,
    /// Names of folders, or of files without `.rs`. A file deeper down, such as `journal/error`, has the row of its path if there
    /// is one, and otherwise that of its folder.
    pub rows: &'static [(&'static [&'static str], &'static str)],
}

/// Another crate that the files below a folder do not name.
pub struct Unknown {
    pub folder: &'static str,
    pub name: &'static str,
}

impl Floors {
    /// The row in which a file of the folder is, `None` for a file elsewhere, `Some(Err)` for one in a room that has no row.
    fn row_of(&self, path: &str) -> Option<Result<(usize, String), String>> {
        let within = match self.folder {
            "" => path,
            folder => path.strip_prefix(folder)?.strip_prefix('/')?,
        };
        let file = within.strip_suffix(".rs").unwrap_or(within);
        let room = file.split('/').next().unwrap_or_default();
        let row_of = |room: &str| self.rows.iter().position(|(rooms, _)| rooms.contains(&room));
        let own = row_of(file).map(|row| (row, file));
        let row = own.or_else(|| Some((row_of(room)?, room)));
        Some(row.map(|(row, room)| (row, room.to_owned())).ok_or_else(|| room.to_owned()))
    }
}

/// Everything that breaks a rule, each with its file and line; and apart from it, for each of the folders that are
/// `excused`, what is broken entirely below it.
pub fn broken(
    map: &CrateMap,
    floors: &[Floors],
    unknown: &[Unknown],
    excused: &[&str],
) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut broken, mut below) = (Vec::new(), vec![Vec::new(); excused.len()]);
    for (files, what) in all_broken(map, floors, unknown) {
        let is_below = |folder: &&str| files.iter().all(|file| is_in(&map.files[*file].path, folder));
        match excused.iter().position(is_below) {
            Some(folder) => below[folder].push(what),
            None => broken.push(what),
        }
    }
    (broken, below)
}

/// Everything that breaks a rule, with the files that do.
fn all_broken(map: &CrateMap, floors: &[Floors], unknown: &[Unknown]) -> Vec<(Vec<usize>, String)> {
    let mut arrows = map.arrows();
    let mut broken = misplaced(map, floors);
    broken.extend(arrows.iter().filter_map(|arrow| Some((vec![arrow.from, arrow.to], up(map, floors, arrow)?))));
    arrows.retain(|arrow| !map.is_to_own_folder(arrow));
    for circle in circles(map.files.len(), &arrows) {
        let ring = ring(map, &arrows, &circle);
        broken.push((circle, ring));
    }
    broken.extend(foreign(map, unknown));
    broken
}

fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Files beside a folder of their name, and files and folders without a row.
fn misplaced(map: &CrateMap, floors: &[Floors]) -> Vec<(Vec<usize>, String)> {
    let mut misplaced = Vec::new();
    for (index, file) in map.files.iter().enumerate() {
        let path = &file.path;
        let folder = path.strip_suffix(".rs").unwrap_or(path);
        if map.files.iter().any(|other| is_in(&other.path, folder)) {
            misplaced
                .push((vec![index], format!("src/{path} stands beside src/{folder}/: move it to src/{folder}/mod.rs")));
        }
        for floors in floors {
            if let Some(Err(room)) = floors.row_of(path) {
                let place = if floors.folder.is_empty() { "src".to_owned() } else { format!("src/{}", floors.folder) };
                misplaced
                    .push((vec![index], format!("src/{path} is in no row of {place}: which rooms may use {room}?")));
            }
        }
    }
    misplaced
}

fn up(map: &CrateMap, floors: &[Floors], arrow: &Arrow) -> Option<String> {
    let (from, to) = (&map.files[arrow.from].path, &map.files[arrow.to].path);
    floors.iter().find_map(|floors| {
        let (Ok((above, upper)), Ok((below, lower))) = (floors.row_of(from)?, floors.row_of(to)?) else { return None };
        let how = match above.cmp(&below) {
            std::cmp::Ordering::Less => return None,
            std::cmp::Ordering::Equal if upper == lower => return None,
            std::cmp::Ordering::Equal => "beside it",
            std::cmp::Ordering::Greater => "above it",
        };
        let Arrow { line, name, .. } = arrow;
        let (rooms, reason) = floors.rows[below];
        let rooms = rooms.join(", ");
        Some(format!("src/{from}:{line} uses {name} of src/{to}, which is {how} ({rooms}: {reason})"))
    })
}

/// The files that import each other, directly or through others, group by group.
fn circles(files: usize, arrows: &[Arrow]) -> Vec<Vec<usize>> {
    let reached = |start: usize, next: &BTreeMap<usize, Vec<usize>>| {
        let (mut reached, mut waiting) = (BTreeSet::new(), vec![start]);
        while let Some(at) = waiting.pop() {
            for next in next.get(&at).into_iter().flatten() {
                if reached.insert(*next) {
                    waiting.push(*next);
                }
            }
        }
        reached
    };
    let (mut down, mut up) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    for arrow in arrows {
        down.entry(arrow.from).or_default().push(arrow.to);
        up.entry(arrow.to).or_default().push(arrow.from);
    }
    let mut circles = BTreeSet::new();
    let mut known = BTreeSet::new();
    for start in 0..files {
        if known.contains(&start) {
            continue;
        }
        let circle: Vec<_> = reached(start, &down).intersection(&reached(start, &up)).copied().collect();
        known.extend(circle.iter().copied());
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// The shortest ring through the files of a circle, import by import.
fn ring(map: &CrateMap, arrows: &[Arrow], circle: &[usize]) -> String {
    let within: Vec<_> = arrows.iter().filter(|it| circle.contains(&it.from) && circle.contains(&it.to)).collect();
    let shortest = circle.iter().filter_map(|start| back_to(*start, &within)).min_by_key(Vec::len);
    let steps = shortest.unwrap_or_default().into_iter().map(|arrow| {
        let (from, to) = (&map.files[arrow.from].path, &map.files[arrow.to].path);
        format!("\n    src/{from}:{} uses {} of src/{to}", arrow.line, arrow.name)
    });
    format!("{} files import each other in a circle:{}", circle.len(), steps.collect::<String>())
}

/// The fewest imports that lead from a file back to it.
fn back_to<'a>(start: usize, arrows: &[&'a Arrow]) -> Option<Vec<&'a Arrow>> {
    let mut waiting = VecDeque::from([(start, Vec::new())]);
    let mut seen = BTreeSet::new();
    while let Some((at, steps)) = waiting.pop_front() {
        for arrow in arrows.iter().filter(|arrow| arrow.from == at) {
            let steps: Vec<_> = steps.iter().copied().chain([*arrow]).collect();
            if arrow.to == start {
                return Some(steps);
            }
            if seen.insert(arrow.to) {
                waiting.push_back((arrow.to, steps));
            }
        }
    }
    None
}

fn foreign(map: &CrateMap, unknown: &[Unknown]) -> Vec<(Vec<usize>, String)> {
    let mut foreign = Vec::new();
    for (index, file) in map.files.iter().enumerate() {
        for Unknown { folder, name } in unknown.iter().filter(|it| is_in(&file.path, it.folder)) {
            let imports = file.source.imports.iter().map(|import| (&import.path, import.line));
            let mut paths = imports.chain(file.source.paths.iter().map(|named| (&named.path, named.line)));
            let is_it =
                |(path, _): &(&Vec<String>, usize)| path[0] == *name || path[0].starts_with(&format!("{name}_"));
            if let Some((_, line)) = paths.find(is_it) {
                foreign.push((
                    vec![index],
                    format!("src/{}:{line} names {name}, which src/{folder} does not know", file.path),
                ));
            }
        }
    }
    foreign
}
