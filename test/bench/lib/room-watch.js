/**
 * Runs in the page that is measured, from its first moment: what a judge sees, and when. Times are those of the page's
 * own clock; whatever is in the page before a frame is painted is on the screen when the message after it comes.
 */
(() => {
  const afterThisFrame = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const sharp = () => document.querySelector('[data-sharp] > img')?.src;

  const watch = {
    /** When anything was painted, when the first works were, and when all of those in sight had their pictures. */
    firstScreen: null,
    /** From the own time stamp of each → to after the frame in which another sharp picture was there. */
    times: [],

    /** Wheels through the grid, so many screens a second; then jumps to places far away. */
    async scroll(seconds, screensASecond) {
      let list = document.querySelector('[data-cell]').parentElement;
      while (list.scrollHeight <= list.clientHeight + 1) list = list.parentElement;
      const deltas = [];
      let elements = 0;
      let images = 0;
      const count = () => {
        elements = Math.max(elements, document.querySelectorAll('*').length);
        images = Math.max(images, document.images.length);
      };
      let before = performance.now();
      const end = before + seconds * 1000;
      await new Promise((resolve) => {
        const step = (now) => {
          deltas.push(now - before);
          list.scrollTop += ((now - before) / 1000) * innerHeight * screensASecond;
          before = now;
          if (deltas.length % 10 === 0) count();
          if (now < end) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      });
      for (const share of [0.5, 0.99, 0.2, 0]) {
        list.scrollTop = list.scrollHeight * share;
        await pause(300);
        count();
      }
      return { deltas: deltas.slice(1), elements, images };
    },

    /** What a page without foresight takes: the picture is asked for when it is wanted. */
    async withoutForesight(urls) {
      const times = [];
      const host = document.body.appendChild(document.createElement('div'));
      for (const url of urls) {
        const start = performance.now();
        const image = new Image();
        image.src = url;
        await image.decode();
        host.replaceChildren(image);
        await new Promise((resolve) => requestAnimationFrame(() => afterThisFrame(resolve)));
        times.push(performance.now() - start);
        await pause(200);
      }
      host.remove();
      return times;
    },
  };
  window.watch = watch;

  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'ArrowRight') return;
      const before = sharp();
      const look = () => {
        const now = sharp();
        if (now === undefined || now === before) requestAnimationFrame(look);
        else afterThisFrame((at) => watch.times.push(at - event.timeStamp));
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );

  let worksMs = 0;
  const look = () => {
    const cells = [...document.querySelectorAll('[data-cell]')].filter(
      (cell) => cell.getBoundingClientRect().top < innerHeight,
    );
    if (cells.length > 0 && worksMs === 0) afterThisFrame((at) => (worksMs ||= at));
    const pictured = cells.every((cell) => cell.querySelector('img')?.naturalWidth > 0);
    if (worksMs > 0 && cells.length > 0 && pictured) {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      afterThisFrame((picturesMs) => {
        watch.firstScreen = { paintMs: paint?.startTime ?? worksMs, worksMs, picturesMs };
      });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
