//! Whether a request costs the same however many people there are, with one worker and with two.

use crate::Failure;
use crate::cases;
use crate::load::burst;
use crate::process::{SERVER_CORE, Server};
use crate::stats::Summary;

/// CPU time of a protected request, cookies seen before.
pub(crate) struct Growth {
    pub(crate) workers: usize,
    pub(crate) people: usize,
    pub(crate) micros: Summary,
}

const PEOPLE: [usize; 4] = [1, 10, 100, 10_000];

pub(crate) fn measure(rounds: usize, requests: usize) -> Result<Vec<Growth>, Failure> {
    let mut rows = Vec::new();
    for (workers, cores) in [(1, SERVER_CORE), (2, "0,1")] {
        if workers > cores_here() {
            continue;
        }
        let server = Server::start("auth", workers, cores)?;
        let pools: Vec<_> = PEOPLE.map(cases::of_people).into();
        let mut bursts: Vec<Vec<f64>> = vec![Vec::new(); pools.len()];
        for round in 0..=rounds {
            for (pool, values) in pools.iter().zip(&mut bursts) {
                // Everybody has been here before the clock starts.
                let count = requests.max(pool.len() + 64);
                let burst = burst(&server, pool, count, cases::OF_PEOPLE)?;
                if round > 0 {
                    values.push(burst.cpu_micros());
                }
            }
        }
        let of_pools = PEOPLE.into_iter().zip(bursts);
        rows.extend(of_pools.filter_map(|(people, values)| {
            let micros = Summary::of(values)?;
            Some(Growth {
                workers,
                people,
                micros,
            })
        }));
    }
    Ok(rows)
}

fn cores_here() -> usize {
    std::fs::read_to_string("/proc/cpuinfo").map_or(1, |text| {
        text.lines()
            .filter(|line| line.starts_with("processor"))
            .count()
    })
}
