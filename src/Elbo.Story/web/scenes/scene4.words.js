// Labels of scene 4. They name things; sentences that claim something stand in the texts, each with its test.

export const words = {
    en: {
        nats: 'nats', gap: 'gap', reconstruction: 'reconstruction', you: 'you', encoder: 'encoder', best: 'best ellipse',
        plane: 'The latent plane, magnified around the posterior. Arrow keys move the ellipse, Shift and arrow keys stretch it.',
        overview: 'The whole latent plane. Arrow keys move the ellipse, Shift and arrow keys stretch it.',
        digit: label => `digit ${label}`, pictures: 'image', image: 'image x', decoded: 'decoded mean', drawn: 'your drawing', draw: 'Draw', clear: 'Clear',
        show: 'Show the encoder\u2019s answer', hide: 'Hide the answers', again: 'Start again', computing: 'computing\u2026',
        wholePlane: 'whole plane', times: factor => `${factor} \u00d7`, posterior: 'p(z | x)', numbers: 'Mean and deviations',
        sliders: ['mean 1', 'mean 2', 'deviation 1', 'deviation 2'], caption: 'Nats of each answer', nothing: 'Nothing is drawn yet.',
        score: (elbo, gap) => `ELBO ${elbo}, gap ${gap} nats`,
    },
    zh: {
        nats: '奈特', gap: '差距', reconstruction: '重构', you: '你', encoder: '编码器', best: '最佳椭圆',
        plane: '隐变量平面，放大到后验附近。方向键移动椭圆，Shift 加方向键拉伸椭圆。',
        overview: '整个隐变量平面。方向键移动椭圆，Shift 加方向键拉伸椭圆。',
        digit: label => `数字 ${label}`, pictures: '图像', image: '图像 x', decoded: '均值的解码', drawn: '你画的数字', draw: '手写', clear: '清除',
        show: '看编码器的答案', hide: '收起答案', again: '重新开始', computing: '计算中…',
        wholePlane: '整个平面', times: factor => `${factor} 倍`, posterior: 'p(z | x)', numbers: '均值与标准差',
        sliders: ['均值 1', '均值 2', '标准差 1', '标准差 2'], caption: '每个答案的奈特数', nothing: '还没有画数字。',
        score: (elbo, gap) => `ELBO ${elbo}，差距 ${gap} 奈特`,
    },
};
