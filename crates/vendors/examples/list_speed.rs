//! How long a list takes from the first byte asked to the last license read, beside fetching the same bytes alone.
//!
//! `cargo run --release -p vendors --example list_speed -- 10000`

use license::Token;
use portal::{Name, Order, Portal, Tier};
use std::{
    collections::BTreeMap,
    io::Write,
    time::{Duration, Instant},
};
use vendors::{Connection, Http, Listing, Turn};

const ROUNDS: usize = 7;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(10_000), |text| text.parse())?;
    let data = tempfile::TempDir::new()?;
    let portal = Portal::open(data.path())?;
    let name = Name::parse("name", "a box of ordinary length")?;
    portal.issue_many("speed", count, |n| match n % 2 {
        0 => Order::self_hosted(name.clone(), Tier::Production),
        _ => Order::sandbox(name.clone(), Tier::Development),
    })?;
    let serving = portal.listen("127.0.0.1:0").await?;
    let address = format!("http://{}", serving.address());
    let token = portal.issue_token("speed")?;
    let secrets = BTreeMap::from([("token".to_owned(), Token::new(token.expose().to_owned()))]);
    let at = Connection { address: address.parse()?, fields: BTreeMap::new(), secrets };
    let project = vendors::connect(&Http::default(), "aidbox", &at)?;
    project.probe().await?;

    let body =
        serde_json::json!({"method": "portal.portal/get-licenses", "params": {"token": token.expose()}});
    let plain = reqwest::Client::builder().no_proxy().build()?;
    let (mut fetched, mut listed, mut bytes) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let request = plain.post(format!("{address}/rpc")).header("content-type", "application/json");
        bytes = request
            .header("accept", "application/json")
            .body(body.to_string())
            .send()
            .await?
            .bytes()
            .await?
            .len();
        fetched.push(begun.elapsed());

        let begun = Instant::now();
        let Listing::Pages(mut pages) = project.list(None).await? else {
            return Err("nothing is known yet".into());
        };
        let mut read = 0;
        while let Turn::Page { licenses, .. } = pages.next().await? {
            read += licenses.len();
        }
        assert_eq!(read, count);
        listed.push(begun.elapsed());
    }
    let (fetched, listed) = (median(fetched), median(listed));
    let own = listed.saturating_sub(fetched);
    writeln!(
        std::io::stdout(),
        "{count} licenses, {bytes} bytes: fetched {fetched:.1?}, listed {listed:.1?}, reading {own:.1?}"
    )?;
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
