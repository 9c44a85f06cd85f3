"""The conversation, independent of any user interface: the app and line mode both drive a session with it.

A front end calls ``submit.start_talk`` and ``Talk.resume``, shows ``Talk.prompt``, hands each typed line to
``submit.submit`` and shows the turns of the ``Reply``. Imports go one way, held by a contract: ``submit`` →
``commands`` → ``talk`` → ``position`` and ``reply`` → ``transcript`` and ``placement`` → ``prompt_builder`` →
``prompt``. What stands beside the conversation is made by ``side_views`` and ``findings``.
"""
