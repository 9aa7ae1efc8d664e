//! Listens to everything that the program tells the page.

use serde::Deserialize;

use crate::Window;

/// Everything that the program tells the page: answers and events.
#[derive(Debug)]
pub struct Recorder(());

/// What the page was told so far.
#[derive(Debug, Deserialize)]
pub struct Heard {
    /// Each answer that the page got, in order.
    pub answers: Vec<Answered>,
    /// Each event that the page heard, in order.
    pub events: Vec<String>,
}

/// The answer to one command.
#[derive(Debug, Deserialize)]
pub struct Answered {
    /// The command that was answered.
    pub command: String,
    /// The answer, as JSON.
    pub text: String,
}

impl Recorder {
    /// Begins to listen: what was told before is not heard.
    pub async fn start(window: &Window) -> anyhow::Result<Self> {
        window.find("app-ready").await?;
        window.driver().execute(RECORD, vec![]).await?;
        Ok(Self(()))
    }

    /// Everything that was heard.
    pub async fn heard(&self, window: &Window) -> anyhow::Result<Heard> {
        // What the page asked for at its start is asked for once more.
        let answer = window.driver().execute_async(HEARD, vec![]).await?;
        Ok(serde_json::from_value(answer.json().clone())?)
    }
}

impl Heard {
    /// All answers to one command.
    pub fn of(&self, command: &str) -> String {
        let answers = self.answers.iter().filter(|answer| answer.command == command);
        answers.map(|answer| answer.text.as_str()).collect()
    }
}

const RECORD: &str = r#"
const heard = (window.heard = { answers: [], events: [] });
const real = window.fetch;
window.fetch = async (url, options) => {
  const answer = await real(url, options);
  const command = decodeURIComponent(new URL(url).pathname.slice(1));
  heard.answers.push({ command, text: await answer.clone().text() });
  return answer;
};
const tauri = window.__TAURI_INTERNALS__;
const handler = tauri.transformCallback((event) => heard.events.push(JSON.stringify(event)));
tauri.invoke('plugin:event|listen', { event: 'licet', target: { kind: 'Any' }, handler });
"#;

const HEARD: &str = r#"
const done = arguments[0];
const query = { view: 'all', account: null, text: '', sort: 'name', descending: false, group: null, folded: [] };
window.__TAURI_INTERNALS__.invoke('opening', { query }).then(() => done(window.heard), (error) => done({ error }));
"#;
