/* The preview of bulk work on city pages: sends the order and shows how far the server is.

   The answer is one JSON object in a line: {"done": 3, "total": 40} while the work goes on, and at its end
   {"report": "/admin/…"} or {"error": "…"}. */

function bulkWork(form) {
    const progress = form.querySelector("[data-bulk-progress]");
    const bar = progress.querySelector("progress");
    const count = progress.querySelector("output");
    const error = form.querySelector("[data-bulk-error]");

    form.addEventListener("submit", (event) => {
        if (!event.submitter?.matches("[data-bulk-start]")) return;
        event.preventDefault();
        work(event.submitter.formAction);
    });

    async function work(url) {
        showWorking(true);
        try {
            const end = await lastEvent(await send(url));
            if (end.report) {
                window.location.assign(end.report);
                return;
            }
            fail(end.error);
        } catch {
            fail();
        }
    }

    function send(url) {
        return fetch(url, {
            method: "POST",
            body: new FormData(form),
            headers: { "X-Requested-With": "XMLHttpRequest" },
        });
    }

    async function lastEvent(response) {
        if (!response.ok) return response.json();
        let last = {};
        for await (const line of lines(response.body)) {
            last = JSON.parse(line);
            if (last.total) showProgress(last);
        }
        return last;
    }

    function showProgress({ done, total }) {
        bar.max = total;
        bar.value = done;
        count.textContent = `${done} / ${total}`;
    }

    function showWorking(isWorking) {
        progress.hidden = !isWorking;
        form.querySelector("[data-bulk-plan]").hidden = isWorking;
        form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = isWorking));
        error.hidden = true;
        window[isWorking ? "addEventListener" : "removeEventListener"]("beforeunload", warn);
    }

    function warn(event) {
        event.preventDefault();
    }

    function fail(message) {
        showWorking(false);
        error.querySelector("span").textContent = message || form.dataset.bulkLost;
        error.hidden = false;
        error.scrollIntoView({ block: "center" });
    }
}

async function* lines(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        const parts = (rest + value).split("\n");
        rest = parts.pop();
        yield* parts;
    }
    if (rest) yield rest;
}

document.querySelectorAll("form[data-bulk]").forEach(bulkWork);
