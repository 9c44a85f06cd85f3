/* Pages of a room: better with this script, and all of it works without. No library; old browsers are meant. */
(function () {
  'use strict';
  var doc = document, body = doc.body, root = doc.documentElement;
  var main = doc.getElementById('main'), status = doc.getElementById('status'), clock = doc.getElementById('clock');
  var at = body.getAttribute('data-at'), kind = body.getAttribute('data-kind');
  var key = body.getAttribute('data-key'), partAt = (at === '/' ? '' : at) + '/part';
  var news = doc.getElementById('news');
  var offline = false, over = false, sending = false, ends = null, latest = null, fetching = false, due = null, ticking = null;
  root.className += ' script';

  function words(name) { return body.getAttribute('data-' + name) || ''; }
  function say(text) { if (status.textContent !== text) { status.textContent = text; } }

  /* What is kept on this phone until the round is closed. */
  function keep(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); } catch (e) { return; } }
  function kept(name) { try { return JSON.parse(localStorage.getItem(name)); } catch (e) { return null; } }
  function forget(name) { try { localStorage.removeItem(name); } catch (e) { return; } }
  function names(start) {
    var found = [], n, name;
    try {
      for (n = 0; n < localStorage.length; n += 1) {
        name = localStorage.key(n);
        if (name.indexOf(start) === 0) { found.push(name); }
      }
    } catch (e) { return []; }
    return found;
  }

  function ask(method, place, sent, done) {
    var request = new XMLHttpRequest();
    request.open(method, place, true);
    request.timeout = 8000;
    request.setRequestHeader('Accept', 'application/json');
    if (sent !== null) { request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded'); }
    request.onreadystatechange = function () {
      var told = null;
      if (request.readyState !== 4 || over) { return; }
      try { told = JSON.parse(request.responseText); } catch (e) { told = null; }
      done(request.status, told);
    };
    request.send(sent);
  }

  function connected(is) {
    if (over) { return; }
    if (!is && !offline) { say(words('offline')); }
    if (is && offline) { say(words('back')); }
    offline = !is;
  }

  /* Forms: what is typed is kept, and handed in once however often it is sent. */
  function form() { return doc.getElementById('ballot'); }
  function encoded(one) {
    var parts = [], n, field;
    for (n = 0; n < one.elements.length; n += 1) {
      field = one.elements[n];
      if (field.name && (field.type !== 'radio' && field.type !== 'checkbox' || field.checked)) {
        parts.push(encodeURIComponent(field.name) + '=' + encodeURIComponent(field.value));
      }
    }
    return parts.join('&');
  }
  function typed(one) {
    var values = [], n, field;
    for (n = 0; n < one.elements.length; n += 1) {
      field = one.elements[n];
      if (field.name && field.type !== 'hidden' && (field.type !== 'radio' || field.checked)) {
        values.push([field.name, field.value]);
      }
    }
    return values;
  }
  function restore(one, values) {
    var seen = {}, n, m, fields, texts = doc.getElementById('texts');
    for (n = 0; n < values.length; n += 1) {
      if (values[n][0] === 'text' && texts) {
        while (texts.getElementsByTagName('textarea').length <= (seen.text || 0)) { if (!more()) { break; } }
      }
      fields = doc.getElementsByName(values[n][0]);
      for (m = 0; m < fields.length; m += 1) {
        if (fields[m].type === 'radio') {
          if (fields[m].value === values[n][1]) { fields[m].checked = true; }
        } else if (m === (seen[values[n][0]] || 0)) {
          fields[m].value = values[n][1];
        }
      }
      seen[values[n][0]] = (seen[values[n][0]] || 0) + 1;
    }
  }
  function draftName(one) { return 'draft:' + one.getAttribute('data-form'); }
  function sentName(id) { return 'sent:' + id; }

  function more() {
    var texts = doc.getElementById('texts'), button = doc.getElementById('more'), all, last, next;
    if (!texts) { return null; }
    all = texts.getElementsByTagName('textarea');
    if (all.length >= Number(form().getAttribute('data-most'))) { return null; }
    last = all[all.length - 1];
    next = last.cloneNode(false);
    next.value = '';
    next.setAttribute('aria-label', button.getAttribute('data-said').replace('0', String(all.length + 1)));
    texts.appendChild(next);
    return next;
  }

  function left() {
    var one = form(), told = doc.getElementById('each'), sum = 0, each, n, field, rest;
    if (!one || !told) { return; }
    each = Number(one.getAttribute('data-each'));
    for (n = 0; n < one.elements.length; n += 1) {
      field = one.elements[n];
      if (field.type === 'number') { sum += Math.max(Number(field.value) || 0, 0); }
    }
    rest = each - sum;
    told.textContent = told.getAttribute(rest < 0 ? 'data-over' : 'data-left').replace('0', String(Math.abs(rest)));
    told.className = rest < 0 ? 'each over' : 'each';
  }

  function handIn(one) {
    var id = one.getAttribute('data-form'), before = kept(sentName(id)), values = typed(one), turn;
    turn = Math.max(Number(one.elements.turn.value), before ? before.turn + 1 : 1);
    if (before && !before.taken && JSON.stringify(before.values) === JSON.stringify(values)) { turn = before.turn; }
    one.elements.turn.value = turn;
    keep(sentName(id), { turn: turn, values: values, body: encoded(one), taken: false });
    send(id);
  }

  function send(id) {
    var waiting = kept(sentName(id));
    if (!waiting || sending) { return; }
    sending = true;
    say(words('busy'));
    ask('POST', '/hand-in', waiting.body, function (code, told) {
      sending = false;
      if (code === 0 || code >= 500 || code === 429) {
        say(words('kept'));
        setTimeout(function () { again(id); }, 2000 + Math.random() * 2000);
        return;
      }
      say('');
      if (code === 200) {
        waiting.taken = true;
        keep(sentName(id), waiting);
        forget('draft:' + id);
      } else if (code !== 401) {
        forget(sentName(id));
      }
      if (told && told.html) { show(told, true); } else { location.replace('/'); }
    });
  }
  function again(id) {
    var waiting = kept(sentName(id));
    if (waiting && !waiting.taken) { send(id); }
  }

  /* What stands in the middle. */
  function show(told, moves) {
    var had = main.contains(doc.activeElement) && doc.activeElement !== main;
    var map = main.querySelector('img.map'), proposal = doc.getElementById('proposal');
    var next, head, other = told.key !== key;
    proposal = proposal ? proposal.value : '';
    key = told.key;
    main.innerHTML = told.html;
    next = main.querySelector('img.map');
    if (map && next && map.getAttribute('src') === next.getAttribute('src')) { next.parentNode.replaceChild(map, next); }
    next = doc.getElementById('proposal');
    if (next && proposal && !next.value) { next.value = proposal; }
    head = main.querySelector('h1');
    if (other && !moves && !had && kind !== 'wall' && head) { news.textContent = head.textContent; }
    main.setAttribute('data-own', String(told.own || 0));
    ready(told.own || 0);
    heard(told);
    if (moves || had) { main.focus(); }
  }

  function ready(own) {
    var one = form(), thanks = doc.getElementById('handed-in'), id, sent, draft;
    tidyUp();
    left();
    if (one) {
      id = one.getAttribute('data-form');
      sent = kept(sentName(id));
      draft = kept(draftName(one));
      if (sent && !own) {
        /* The driver began anew, or it never arrived: what is kept here is handed in again by itself. */
        restore(one, sent.values);
        one.elements.turn.value = sent.turn;
        send(id);
      }
      if (draft) { restore(one, draft); left(); }
    } else if (thanks) {
      sent = kept(sentName(thanks.getAttribute('data-form')));
      if (sent && !sent.taken && sent.turn > own) { send(thanks.getAttribute('data-form')); }
    }
  }

  /* What belongs to a round that is closed is forgotten; a text that was never handed in is shown once more. */
  function tidyUp() {
    var open = key.indexOf('round-') === 0 ? key.substring(6).split('~')[0] : '', all = names('sent:'), n, missed = [], draft, m;
    if (kind !== 'phone' || doc.getElementById('join')) { return; }
    for (n = 0; n < all.length; n += 1) {
      if (all[n] !== 'sent:' + open) { forget(all[n]); }
    }
    all = names('draft:');
    for (n = 0; n < all.length; n += 1) {
      if (all[n] !== 'draft:' + open) {
        draft = kept(all[n]) || [];
        for (m = 0; m < draft.length; m += 1) {
          if (draft[m][0] === 'text' && draft[m][1]) { missed.push(draft[m][1]); }
        }
        if (open || !missed.length) { forget(all[n]); }
      }
    }
    if (missed.length && !open) { showMissed(missed); }
  }
  function showMissed(texts) {
    var box = doc.createElement('section'), told = doc.createElement('p'), list = doc.createElement('ul'), n, item;
    box.id = 'missed';
    told.textContent = words('missed');
    for (n = 0; n < texts.length; n += 1) {
      item = doc.createElement('li');
      item.textContent = texts[n];
      list.appendChild(item);
    }
    box.appendChild(told);
    box.appendChild(list);
    main.appendChild(box);
  }

  function fetchPart() {
    if (fetching || over) { return; }
    fetching = true;
    ask('GET', partAt, null, function (code, told) {
      fetching = false;
      if (code === 401) { location.replace('/'); return; }
      connected(code === 200);
      if (code === 200) { show(told, false); if (latest && latest.key !== key) { heard(latest); } }
    });
  }
  function later(seconds) {
    if (due) { return; }
    due = setTimeout(function () { due = null; fetchPart(); }, seconds * 1000);
  }

  /* What everybody is told: never more than how many. */
  function heard(told) {
    var count = doc.getElementById('count');
    latest = told;
    if (count && told.said && count.textContent !== told.said) { count.textContent = told.said; }
    time(told.left);
    if (kind === 'wall') {
      if (told.key !== key || String(told.moved) + '-' + told.map + '-' + told.seats !== main.getAttribute('data-moved')) {
        main.setAttribute('data-moved', String(told.moved) + '-' + told.map + '-' + told.seats);
        fetchPart();
      }
    } else if (told.key !== key && (kind === 'phone' || kind === 'seat')) {
      if (kind === 'seat' && doc.activeElement && doc.activeElement.tagName === 'TEXTAREA' && doc.activeElement.value) {
        return; /* somebody is typing a proposal: the question is shown anew after it */
      }
      /* Two hundred phones do not ask in the same moment; what is only looked at has time. */
      later(told.key.indexOf('round-') === 0 ? Math.random() * 0.5 : 0.2 + Math.random() * 1.5);
    }
  }

  function time(seconds) {
    ends = seconds === null || seconds === undefined ? null : Date.now() + seconds * 1000;
    if (ends !== null && !ticking) { ticking = setInterval(tick, 1000); }
    tick();
  }
  function tick() {
    var rest;
    if (ends === null) {
      clock.textContent = '';
      if (ticking) { clearInterval(ticking); ticking = null; }
      return;
    }
    rest = Math.max(Math.round((ends - Date.now()) / 1000), 0);
    clock.textContent = Math.floor(rest / 60) + ':' + ('0' + rest % 60).slice(-2);
  }

  function finished() {
    over = true;
    ends = null;
    tick();
    names('sent:').concat(names('draft:')).forEach(forget);
    say(words('ended'));
    main.innerHTML = '';
    var head = doc.createElement('h1');
    head.textContent = words('ended');
    main.appendChild(head);
  }

  function wake() {
    if (over || doc.getElementById('join')) { return; }
    ask('GET', '/state', null, function (code, told) {
      connected(code === 200);
      if (code === 401) { location.replace('/'); return; }
      if (code !== 200) { return; }
      var shown = Number(main.getAttribute('data-own') || 0);
      if (told.key !== key || told.own !== shown) { fetchPart(); } else { heard(told); }
    });
  }

  function listen() {
    var source;
    if (!window.EventSource) { setInterval(wake, 4000); return; }
    source = new EventSource('/events');
    source.onmessage = function (event) {
      connected(true);
      try { heard(JSON.parse(event.data)); } catch (e) { return; }
    };
    source.addEventListener('ended', function () { source.close(); finished(); });
    source.onerror = function () {
      if (over) { return; }
      connected(false);
      if (source.readyState === 2) { setTimeout(listen, 3000 + Math.random() * 2000); setTimeout(wake, 1000); }
    };
    source.onopen = function () {
      var was = offline;
      connected(true);
      if (was) { wake(); }
    };
  }

  main.addEventListener('submit', function (event) {
    var one = event.target;
    if (one.id === 'ballot') {
      event.preventDefault();
      handIn(one);
    } else if (one.id === 'take-back') {
      event.preventDefault();
      var id = one.elements.form.value;
      ask('POST', '/take-back', encoded(one), function (code, told) {
        if (code === 0) { connected(false); return; }
        var sent = kept(sentName(id));
        if (code === 200 && sent) { keep('draft:' + id, sent.values); forget(sentName(id)); }
        if (told && told.html) { show(told, true); } else { location.replace('/'); }
      });
    }
  });
  main.addEventListener('click', function (event) {
    var one = event.target, field, value;
    if (one.id === 'more') {
      field = more();
      if (field) { field.focus(); } else { one.disabled = true; }
    } else if (one.className.indexOf('step') === 0 && one.getAttribute('data-for')) {
      field = doc.getElementById(one.getAttribute('data-for'));
      value = (Number(field.value) || 0) + Number(one.getAttribute('data-by'));
      field.value = Math.min(Math.max(value, Number(field.min)), Number(field.max));
      changed();
    } else if (one.id === 'change') {
      event.preventDefault();
      ask('GET', '/part?change=1', null, function (code, told) {
        if (code !== 200) { connected(false); return; }
        main.innerHTML = told.html;
        left();
        main.focus();
      });
    }
  });
  function changed() {
    var one = form();
    if (one && !over) { keep(draftName(one), typed(one)); left(); }
  }
  main.addEventListener('input', changed);
  main.addEventListener('change', changed);

  doc.addEventListener('visibilitychange', function () { if (!doc.hidden) { wake(); } });
  window.addEventListener('pageshow', function (event) { if (event.persisted) { wake(); } });
  window.addEventListener('online', wake);

  var joining = doc.getElementById('join');
  if (joining) {
    if (location.hash.length > 1) {
      doc.getElementById('code').value = decodeURIComponent(location.hash.substring(1));
      if (window.history && history.replaceState) { history.replaceState(null, '', location.pathname); }
      if (joining.elements.to.value === 'wall') { joining.submit(); }
    }
  } else if (kind !== 'refusal') {
    var thanks = doc.getElementById('handed-in'), ballot = form();
    var own = thanks ? Number(thanks.getAttribute('data-turn')) : ballot ? Number(ballot.getAttribute('data-turn')) : 0;
    main.setAttribute('data-own', String(own));
    ready(own);
    listen();
  }
}());
