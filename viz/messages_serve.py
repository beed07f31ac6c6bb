"""What the commands `serve`, `publish` and `mcp` say, in both languages; `messages` holds all together."""

from __future__ import annotations

from typing import Final

SERVE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "help.serve": (
        "在浏览器里看这张图：网页，/sparql 端点，/api/queries。只在本机，不联网；Ctrl-C 停止。",
        "Show the graph in a browser: pages, the endpoint /sparql, and /api/queries. On this machine only, "
        "without internet; Ctrl-C ends it.",
    ),
    "help.serve.host": (
        "在哪个地址上听；不给时只有本机能连。",
        "Address to listen on; this machine only by default.",
    ),
    "help.serve.port": ("端口；0 表示任选一个空的。", "Port; 0 takes any that is free."),
    "help.serve.name": (
        "浏览器用什么名字找它，可以给几个；不在其列的名字一律拒绝。",
        "Name that browsers call it by, may be given several times; other names are refused.",
    ),
    "help.serve.browser": ("是否打开浏览器。", "Whether to open a browser."),
    "help.serve.review": (
        "是否可以在网页上核对对应；不说时只在本机可以。",
        "Whether matches can be reviewed on the pages; where nothing is said, on this machine only.",
    ),
    "help.publish": (
        "把同样的网页写成文件：不用服务器，放在 U 盘上也能打开。",
        "Write the same pages as files that open without a server, from a memory stick too.",
    ),
    "help.publish.folder": (
        "写到哪个文件夹；整个写成后才替换。",
        "Folder to write, which is replaced as a whole.",
    ),
    "help.mcp": (
        "给智能助手用：按 MCP 协议在标准输入输出上问答，只读；需要 pip install 'gangmu[mcp]'。",
        "For assistants: answers by the Model Context Protocol on standard input and output, read only; "
        "needs pip install 'gangmu[mcp]'.",
    ),
    "serve.ready": ("请打开 {address}（Ctrl-C 停止）", "Open {address} (Ctrl-C ends it)"),
    "serve.warm": ("各页已备好（{seconds} 秒）", "All pages are ready ({seconds} s)"),
    "serve.open": (
        "本系统没有网络命名空间：含 SERVICE 一词的查询一律拒绝。",
        "This system gives no network namespace: queries that hold the word SERVICE are refused.",
    ),
    "serve.replaced": (
        "图已换成新的（{content}），从现在起按它回答。",
        "Another graph is in place ({content}); answers come from it from now on.",
    ),
    "serve.unreadable": (
        "新的图打不开，仍按原来的回答：{problem}",
        "The new graph cannot be opened, the one before still answers: {problem}",
    ),
    "publish.done": ("已写入 {path}：{n} 个文件，{size} MB", "{path} is written: {n} files, {size} MB"),
}
