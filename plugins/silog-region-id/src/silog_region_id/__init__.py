"""Indonesia for silog_core: rates, items, calendar, speeds and vehicles."""
